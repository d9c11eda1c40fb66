/** When a first response is due: hours of work or around the clock, or the end of the next working day. */
export type ResponsePromise =
  | { readonly kind: 'business_hours' | 'around_the_clock'; readonly hours: number }
  | { readonly kind: 'next_business_day' }
