export function used(): void {}

export function neverCalled(): void {}
