/** Records have too little in common, or one is too large, to be written as tokens. Never leaves this package. */
export class UnsuitedError extends Error {}
