import type { Feed } from '../../config/source.ts'

const customer = `'C' || right("KUNNR", 6)`
const person = `'E' || "PERNR"`

/** The ledger names its cost object in two columns: what kind it is, and its number. */
const costObject = (kind: string): string => `CASE WHEN "OBJART" = '${kind}' THEN "OBJNR" END`

/** Invoices, payments, the cost ledger, rates and the calendar. */
export const erpMoney: readonly Feed[] = [
  {
    entity: 'invoices',
    from: 'invoices/*.csv',
    columns: {
      invoice_id: 'BELNR',
      customer_id: customer,
      order_id: 'VBELN',
      service_order_id: 'AUFNR',
      contract_id: 'VERTRAG',
      issued_on: 'BLDAT',
      due_on: 'FAEDT',
      amount: 'WRBTR',
      currency: 'WAERS',
    },
  },
  {
    entity: 'payments',
    from: 'payments/*.csv',
    columns: { payment_id: 'ZBELNR', invoice_id: 'BELNR', paid_on: 'BUDAT', amount: 'WRBTR', currency: 'WAERS' },
  },
  {
    entity: 'expenses',
    from: 'ledger/*.csv',
    columns: {
      expense_id: 'BELNR',
      incurred_on: 'BUDAT',
      employee_id: person,
      department: {
        from: 'KOSTL',
        values: { KF: 'service', XS: 'sales', SC: 'marketing', CW: 'finance', IT: 'it' },
      },
      category: {
        from: 'HKONT',
        values: {
          '660101': 'salary',
          '660201': 'travel',
          '660202': 'lodging',
          '660203': 'entertainment',
          '660204': 'freight',
          '660301': 'rent',
          '660302': 'communication',
          '660303': 'office',
          '660304': 'vehicles',
          '660305': 'software',
          '660401': 'training',
          '660501': 'promotion',
        },
      },
      amount: 'DMBTR',
      currency: 'WAERS',
      task_id: costObject('TSK'),
      request_id: costObject('REQ'),
      contract_id: costObject('VTR'),
      campaign_id: costObject('MKT'),
      customer_id: costObject('KND'),
      recorded_at: 'ERFDAT',
    },
  },
  {
    entity: 'employee_rates',
    from: 'rates.csv',
    columns: { employee_id: person, valid_from: 'BEGDA', hourly_cost: 'STDSATZ' },
  },
  {
    entity: 'fx_rates',
    from: 'currencies.csv',
    columns: { currency: 'FCURR', day: 'GDATU', rate: 'UKURS' },
  },
  {
    entity: 'holidays',
    from: 'calendar.csv',
    // A: Arbeitstag, a make-up working day; F: frei, off.
    columns: { day: 'DATUM', working: { from: 'ART', values: { A: 'true', F: 'false' } }, name: 'BEZ' },
  },
]
