import type { Feed, FilesSource } from '../../config/source.ts'
import { erpMoney } from './sources-erp-money.ts'

// The ERP has its own numbers: customers with leading zeros, people without the letter.
const customer = `'C' || right("KUNNR", 6)`
const person = `'E' || "PERNR"`

const trade: readonly Feed[] = [
  {
    entity: 'products',
    from: 'material.csv',
    columns: {
      product_id: 'MATNR',
      name: 'MAKTX',
      family: 'FAMILY',
      kind: { from: 'MTART', values: { FERT: 'machine', ERSA: 'part', VERB: 'consumable', DIEN: 'service' } },
      unit_cost: 'STPRS',
      list_price: 'LISTP',
      floor_price: 'MINP',
      priced_at: 'PRDAT',
    },
  },
  {
    entity: 'orders',
    from: 'sales_orders/*.csv',
    columns: {
      order_id: 'VBELN',
      customer_id: customer,
      dealer_id: `'D' || "DEALER"`,
      ordered_at: 'ERDAT',
      status: { from: 'GBSTK', values: { A: 'open', C: 'delivered', X: 'cancelled' } },
      sales_owner_id: person,
      opportunity_id: 'CRMOPP',
      currency: 'WAERK',
    },
  },
  {
    entity: 'order_lines',
    from: 'sales_order_lines/*.csv',
    columns: {
      order_id: 'VBELN',
      line_id: 'POSNR',
      product_id: 'MATNR',
      quantity: 'KWMENG',
      unit_price: 'NETPR',
      amount: 'NETWR',
      unit_cost: 'WAVWR',
    },
  },
  {
    entity: 'service_orders',
    from: 'service_orders/*.csv',
    columns: {
      service_order_id: 'AUFNR',
      request_id: 'CRMREQ',
      customer_id: customer,
      ordered_at: 'ERDAT',
      status: { from: 'STAT', values: { A: 'open', C: 'delivered', X: 'cancelled' } },
      currency: 'WAERK',
    },
  },
  {
    entity: 'service_order_lines',
    from: 'service_order_lines/*.csv',
    columns: {
      service_order_id: 'AUFNR',
      line_id: 'POSNR',
      kind: { from: 'PTYP', values: { 备件: 'part', 工时: 'labour' } },
      product_id: 'MATNR',
      quantity: 'MENGE',
      unit: 'MEINS',
      list_price: 'LISTP',
      unit_price: 'NETPR',
      amount: 'NETWR',
      unit_cost: 'WAVWR',
      chargeable: { from: 'FAKT', values: { J: 'true', N: 'false' } },
    },
  },
]

/** The monthly ERP export: semicolons, day/month/year, decimal commas. */
export function erpSource(folder: string): FilesSource {
  return {
    name: 'erp',
    kind: 'files',
    folder,
    format: 'csv',
    delimiter: ';',
    dates: ['%d/%m/%Y %H:%M', '%d/%m/%Y'],
    decimal: ',',
    feeds: [...trade, ...erpMoney],
  }
}
