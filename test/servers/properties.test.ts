import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allServers, propertyNames, violations } from './properties.ts'

// Each server with one of the properties, in turn; properties.long.ts has all of them for each.
for (const [i, { name, file }] of allServers.entries()) {
  const property = propertyNames[i % propertyNames.length]!
  void test(`${name}: ${property}`, async () => assert.deepEqual(await violations(file, [property]), []))
}
