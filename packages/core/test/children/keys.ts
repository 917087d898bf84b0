import { floorToMinute, meteringKey, parseMeteringKey } from '@metering/core';

const key = meteringKey({
  timestamp: floorToMinute(new Date('2025-08-22T08:13:42Z')),
  category: 'tidb-server',
  sharedPoolId: 'default-shared-pool',
  selfId: 'tidb01',
  part: 0,
});
console.log(key); // metering/ru/1755850380/tidb-server/default-shared-pool/tidb01-0.json.gz
console.log(parseMeteringKey(key)?.timestamp); // 1755850380
console.log(parseMeteringKey('metering/ru/0060/a/b/c-007.json.gz')); // undefined: no page's key
