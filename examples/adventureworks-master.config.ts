import { join } from 'node:path'
import { defineConfig, env } from '../config.ts'

const EMPLOYEE = `
  BusinessEntityID NationalIDNumber LoginID OrganizationNode OrganizationLevel JobTitle BirthDate
  MaritalStatus Gender HireDate SalariedFlag VacationHours SickLeaveHours CurrentFlag rowguid
  ModifiedDate`
const PRODUCT = `
  ProductID Name ProductNumber MakeFlag FinishedGoodsFlag Color SafetyStockLevel ReorderPoint
  StandardCost ListPrice Size SizeUnitMeasureCode WeightUnitMeasureCode Weight DaysToManufacture
  ProductLine Class Style ProductSubcategoryID ProductModelID SellStartDate SellEndDate
  DiscontinuedDate rowguid ModifiedDate`
const names = (words: string): string[] => words.trim().split(/\s+/)

/**
 * AdventureWorks' database as its own tools export it: tab-delimited, without a line of names, so that each feed lists them.
 * A customer of a store is reached through that dealer. The stores' own file has marks of its own between fields and after
 * rows, so that the line breaks in its cells need no quotes.
 */
export default defineConfig({
  company: { name: 'AdventureWorks master data', currency: 'USD', timeZone: 'America/Los_Angeles' },
  folder: '../.trueworth/adventureworks-master',
  asOf: '2025-12-31',
  schedule: false,
  sources: [
    {
      name: 'oltp',
      kind: 'files',
      folder: join(env('EXAMPLE_DATA'), 'adventureworks-oltp'),
      format: 'csv',
      delimiter: '\t',
      quote: '',
      feeds: [
        {
          entity: 'customers',
          from: 'Customer.csv',
          header: ['CustomerID', 'PersonID', 'StoreID', 'TerritoryID', 'AccountNumber', 'rowguid', 'ModifiedDate'],
          columns: {
            customer_id: 'CustomerID',
            name: 'AccountNumber',
            kind: `CASE WHEN coalesce(StoreID, '') = '' THEN 'direct' ELSE 'indirect' END`,
            dealer_id: 'StoreID',
            region: 'TerritoryID',
          },
        },
        {
          entity: 'dealers',
          from: 'Store.csv',
          delimiter: '+|',
          lineEnd: '&|\n',
          header: ['BusinessEntityID', 'Name', 'SalesPersonID', 'Demographics', 'rowguid', 'ModifiedDate'],
          columns: { dealer_id: 'BusinessEntityID', name: 'Name' },
        },
        {
          entity: 'employees',
          from: 'Employee.csv',
          header: names(EMPLOYEE),
          columns: {
            employee_id: 'BusinessEntityID',
            name: `replace(LoginID, 'adventure-works\\', '')`,
            department: `CASE WHEN JobTitle LIKE '%Sales%' THEN 'sales' ELSE 'other' END`,
            role: 'JobTitle',
            hired_on: 'HireDate',
          },
        },
        {
          entity: 'products',
          from: 'Product.csv',
          header: names(PRODUCT),
          columns: {
            product_id: 'ProductID',
            name: 'Name',
            family: 'ProductLine',
            kind: { from: 'FinishedGoodsFlag', values: { '1': 'machine', '0': 'part' } },
            unit_cost: 'StandardCost',
            list_price: 'ListPrice',
          },
        },
      ],
    },
  ],
})
