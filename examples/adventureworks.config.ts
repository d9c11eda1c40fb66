import { join } from 'node:path'
import { defineConfig, env } from '../config.ts'

/**
 * AdventureWorks: customers, products with cost, three files of sales lines. The lines carry no amount:
 * revenue stands on the product's list price, and its coverage says so.
 * Two of the 25,162 order numbers, SO62019 and SO72019, were given to two customers each: the customer is part of an order's id.
 */
const orderId = `OrderNumber || '/' || CustomerKey`

export default defineConfig({
  company: { name: 'AdventureWorks', currency: 'USD', timeZone: 'America/Los_Angeles' },
  folder: '../.trueworth/adventureworks',
  asOf: '2019-06-30',
  schedule: false,
  sources: [
    {
      name: 'adventureworks',
      kind: 'files',
      folder: join(env('EXAMPLE_DATA'), 'adventureworks-sales'),
      format: 'csv',
      dates: ['%m/%d/%Y'],
      feeds: [
        {
          entity: 'customers',
          from: 'AdventureWorks_Customers.csv',
          columns: {
            customer_id: 'CustomerKey',
            name: `FirstName || ' ' || LastName`,
            kind: `'direct'`,
            industry: 'Occupation',
          },
        },
        {
          entity: 'products',
          from: 'AdventureWorks_Products.csv',
          columns: {
            product_id: 'ProductKey',
            name: 'ProductName',
            family: 'ModelName',
            kind: `'machine'`,
            unit_cost: 'ProductCost',
            list_price: 'ProductPrice',
          },
        },
        {
          entity: 'orders',
          from: 'AdventureWorks_Sales_*.csv',
          columns: { order_id: orderId, customer_id: 'CustomerKey', ordered_at: 'OrderDate' },
        },
        {
          entity: 'order_lines',
          from: 'AdventureWorks_Sales_*.csv',
          columns: { order_id: orderId, line_id: 'OrderLineItem', product_id: 'ProductKey', quantity: 'OrderQuantity' },
        },
      ],
    },
  ],
})
