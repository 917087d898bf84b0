// As the runtime does it: loads the bundle, calls the handler with an event.
const { handler } = require(require('node:path').resolve(process.argv[2]));
const usage = { timestamp: 1_767_225_600, cluster: 'acme', bytes: '18446744073709551615' };
handler({ uri: process.argv[3], usage }).then(console.log);
