import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allServers, propertyNames, violations } from './properties.ts'

// What must hold for every server, whatever of its evidence is there and beside it.
for (const { name, file } of allServers)
  void test(name, async () => assert.deepEqual(await violations(file, propertyNames), []))
