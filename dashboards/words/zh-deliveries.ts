import type { enDeliveries } from './en-deliveries.ts'

/** What the Pipelines page says of mail, webhooks and folders, in Chinese. */
export const zhDeliveries: Record<keyof typeof enDeliveries, string> = {
  deliveries: '未送达',
  deliveries_about:
    '对方尚未收下的报告、警报和线索。等待中的会在 1、4、16……分钟后自动重试；已放弃的只有在有人重新发送后才会再次发出。',
  delivery_what: '内容',
  delivery_kind_leads: '线索',
  delivery_kind_report: '报告',
  delivery_kind_alert: '警报',
  delivery_to: '收件方',
  delivery_via_mail: '邮件',
  delivery_via_webhook: '网络回调',
  delivery_via_folder: '文件夹',
  delivery_state: '状态',
  delivery_dead: '已放弃',
  delivery_waits: '等待中，下次尝试 {at}',
  delivery_since: '失败始于',
  delivery_attempts: '尝试次数',
  delivery_why: '原因与处理办法',
  delivery_order: '重新发送',
  delivery_again: '重新发送',
  delivery_again_to: '重新发送：{recipient}',
}
