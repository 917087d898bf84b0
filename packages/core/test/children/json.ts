import { parseJson, stringifyJson } from '@metering/core';

const metric = parseJson('{"value":18446744073709551615,"unit":"bytes"}');
console.log(metric); // { value: 18446744073709551615n, unit: 'bytes' }
console.log(stringifyJson(metric)); // {"value":18446744073709551615,"unit":"bytes"}
