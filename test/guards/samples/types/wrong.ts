export const hours: number = 'three'
