import { drawPage } from './draw-page.ts'
import { offerExplore } from './explore.ts'
import { offerOrders } from './order.ts'
import { reveal } from './reveal.ts'
import { offerRun } from './run-now.ts'
import { offerSending } from './send.ts'
import { sayWaiting } from './waiting.ts'

offerOrders()
offerRun()
offerSending()
offerExplore()
sayWaiting()
reveal()
await drawPage()
