import { inMarts } from './in-marts.ts'
import type { Dimension } from './metric.ts'

const BASIS = 'marts.change_basis'

/** What a change can be split and filtered by beside its customer. */
export const changeDimensions: Record<string, Dimension> = {
  product: {
    words: { en: 'Product', zh: '产品' },
    kind: 'text',
    columns: inMarts('product_id', [BASIS]),
    labels: inMarts('product_name', [BASIS]),
    values: { none: { en: 'No product', zh: '无产品' } },
  },
  product_family: {
    words: { en: 'Product family', zh: '产品系列' },
    kind: 'text',
    columns: inMarts('family', [BASIS]),
    values: { none: { en: 'No product family', zh: '无产品系列' } },
  },
}
