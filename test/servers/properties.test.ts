import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allServers, propertyNames, violations } from './properties.ts'

// Every sixth server, with one of the properties in turn; properties.long.ts has every server with all of them.
const some = allServers.filter((_, i) => i % 6 === 0)
for (const [i, { name, file }] of some.entries()) {
  const property = propertyNames[i % propertyNames.length]!
  void test(`${name}: ${property}`, async () => assert.deepEqual(await violations(file, [property]), []))
}
