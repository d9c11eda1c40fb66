import { join } from 'node:path'
import { defineConfig, env } from '../config.ts'

/**
 * UCI Online Retail: one gzipped CSV a day, one line per invoice line.
 * The same lines feed four entities. Customer ids come as '17850.0'; a C before the invoice number marks a cancellation,
 * whose lines have negative quantities and so are returns. 135,080 lines name no customer: their orders are rejected,
 * each with file and line, while their lines are kept.
 */
const customerId = `regexp_replace(CustomerID, '\\.0$', '')`

export default defineConfig({
  company: { name: 'Online Retail', currency: 'GBP', timeZone: 'Europe/London' },
  folder: '../.trueworth/online-retail',
  asOf: '2011-12-09',
  schedule: false,
  sources: [
    {
      name: 'retail',
      kind: 'files',
      folder: join(env('EXAMPLE_DATA'), 'online-retail'),
      format: 'csv',
      dates: ['%Y-%m-%d %H:%M:%S'],
      feeds: [
        {
          entity: 'customers',
          from: 'by-day/*.csv.gz',
          where: `coalesce(CustomerID, '') <> ''`,
          version: 'InvoiceDate',
          columns: {
            customer_id: customerId,
            name: `'Customer ' || ${customerId}`,
            kind: `'direct'`,
            region: 'Country',
          },
        },
        {
          entity: 'products',
          from: 'by-day/*.csv.gz',
          where: `coalesce(Description, '') <> ''`,
          version: 'InvoiceDate',
          columns: { product_id: 'StockCode', name: 'Description', kind: `'consumable'`, list_price: 'UnitPrice' },
        },
        {
          entity: 'orders',
          from: 'by-day/*.csv.gz',
          version: 'InvoiceDate',
          // A quarter of the lines name no customer. Their rows are rejected and listed; the rest must load all the same.
          rejectShare: 0.5,
          columns: { order_id: 'InvoiceNo', customer_id: customerId, ordered_at: 'InvoiceDate' },
        },
        {
          entity: 'order_lines',
          from: 'by-day/*.csv.gz',
          // The file has no line numbers, and 5,268 lines repeat another to the letter: the place in the file tells them apart.
          columns: {
            order_id: 'InvoiceNo',
            line_id: `_line`,
            product_id: 'StockCode',
            quantity: 'Quantity',
            unit_price: 'UnitPrice',
            amount: `round(CAST(Quantity AS DECIMAL(18, 0)) * CAST(UnitPrice AS DECIMAL(18, 3)), 2)`,
          },
        },
      ],
    },
  ],
})
