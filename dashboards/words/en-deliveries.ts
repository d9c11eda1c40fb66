/** What the Pipelines page says of mail, webhooks and folders, in English. */
export const enDeliveries = {
  deliveries: 'Not delivered',
  deliveries_about:
    'Reports, alerts and leads that the other side has not taken. What waits is tried again after 1, 4, 16 … minutes; what was given up goes out only when somebody sends it again.',
  delivery_what: 'What',
  delivery_kind_leads: 'Leads',
  delivery_kind_report: 'Report',
  delivery_kind_alert: 'Alert',
  delivery_to: 'To',
  delivery_via_mail: 'Mail',
  delivery_via_webhook: 'Webhook',
  delivery_via_folder: 'Folder',
  delivery_state: 'State',
  delivery_dead: 'Given up',
  delivery_waits: 'Waits, next try {at}',
  delivery_since: 'Fails since',
  delivery_attempts: 'Tries',
  delivery_why: 'Why, and what to do',
  delivery_order: 'Send again',
  delivery_again: 'Send again',
  delivery_again_to: 'Send again: {recipient}',
}
