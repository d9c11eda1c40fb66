import { drawCharts } from './draw-charts.ts'
import type { PageData } from './page-data.ts'
import { offerOrders } from './order.ts'
import { offerRun } from './run-now.ts'

const block = document.querySelector('#page-data')
if (block?.textContent) await drawCharts(JSON.parse(block.textContent) as PageData)
offerOrders()
offerRun()
