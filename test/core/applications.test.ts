import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applicationIdsIn } from '../../src/findings/applications.ts'
import type { Event } from '../../src/model/event.ts'

const role = 'dc890d15-0000-4000-8000-000000000001'
const resource = '5c000001-0000-4000-8000-0000000000ee'
const [application, principal] = ['6d000001-0000-4000-8000-0000000000bb', '5c000001-0000-4000-8000-0000000000aa']

const granted = (properties: readonly string[], target: readonly string[] = [resource]): Event => ({
  log: 'entra-audit',
  sources: [],
  time: 0,
  timeBasis: 'stated',
  fields: {
    Operation: 'Add app role assignment to service principal',
    Target: ['Office 365 Exchange Online'],
    TargetIds: target,
    ModifiedProperties: properties,
    'TargetResources.modifiedProperties.newValue': properties.map((text) => text.replace(/^[^:]*: /, '')),
  },
  raw: '',
  at: { path: 'x', offset: 0, length: 0 },
  host: null,
  client: null,
  user: null,
  target: null,
  request: null,
  session: null,
})

test('a right is of the application that receives it, and not of the right itself or of the mail that it opens', () => {
  const record = granted([
    `AppRole.Id: "${role}"`,
    `ServicePrincipal.ObjectID: "${principal}"`,
    `ServicePrincipal.AppId: "${application}"`,
  ])
  assert.deepEqual(applicationIdsIn(record), [application, principal])
})

test('where no record says who receives it, all that it names are', () => {
  assert.deepEqual(applicationIdsIn(granted([`AppId: "${application}"`], [principal])), [principal, application])
})

test('an application that is let in is called by its id, though the object of its service principal stands first', () => {
  const record = granted([], [`ServicePrincipal_${principal}`, principal, application])
  const { fields } = record
  const consent = { ...record, fields: { ...fields, Operation: 'Consent to application.', Target: [] } }
  assert.deepEqual(applicationIdsIn(consent), [application, principal])
})
