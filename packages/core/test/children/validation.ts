import { ValidationError, validateMeteringData } from '@metering/core';

try {
  const data = [{ egress: { value: -1, unit: 'bytes' } }];
  validateMeteringData({ timestamp: 59, category: 'api', selfId: 'a-1', data });
} catch (error) {
  if (!(error instanceof ValidationError)) throw error;
  for (const { path, code } of error.issues) console.log(path, code);
  // timestamp NOT_A_MINUTE
  // selfId INVALID_CHARACTER
  // data[0].egress.value OUT_OF_RANGE
}
