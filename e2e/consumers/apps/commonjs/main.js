const { createMeteringReader } = require('@metering/reader');
const { createLocalFsStorage } = require('@metering/storage-localfs');
const { createMeteringWriter } = require('@metering/writer');

async function main() {
  const timestamp = 1_767_225_600;
  const storage = createLocalFsStorage();
  const data = [{ logical_cluster_id: 'acme', egress: { value: 2n ** 64n - 1n, unit: 'bytes' } }];
  await createMeteringWriter({ storage }).write({ timestamp, category: 'api', selfId: 'a1', data });

  const reader = createMeteringReader({ storage });
  for await (const page of reader.list({ timestamp })) {
    for (const { logical_cluster_id, egress } of (await reader.read(page)).data) {
      console.log(`${logical_cluster_id} used ${egress.value} ${egress.unit}`);
    }
  }
}

main();
