import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allServers, type Property, propertyNames, violations } from './properties.ts'

// Every seventh server, with one of the properties in turn; properties.long.ts has every server with all of them.
const some = allServers.filter((_, i) => i % 7 === 0)
const broken: readonly (readonly [server: string, property: Property])[] = [
  ['microsoft-365/no-evidence/service-let-in-for-all-and-used-at-once', 'beside ordinary evidence'],
  ['any-intrusion/no-evidence/probes-of-a-load-balancer', 'logs of many days in one file'],
  ['post-exploitation/compromised/service-gone-again', 'beside ordinary evidence'],
  ['proxyshell-2021/compromised/certificate-as-a-page-and-nothing-later', 'beside ordinary evidence'],
]
const cases = [
  ...some.map(({ name, file }, i) => ({ name, file, property: propertyNames[i % propertyNames.length]! })),
  // What was broken once.
  ...broken.map(([name, property]) => ({ ...allServers.find((one) => one.name === name)!, property })),
]
for (const { name, file, property } of cases)
  void test(`${name}: ${property}`, async () => assert.deepEqual(await violations(file, [property]), []))
