import assert from 'node:assert/strict'
import { test } from 'node:test'
import { removalSigns } from '../../src/assessment/weighing/removed.ts'
import type { ExplanationContext } from '../../src/assessment/weighing/explanations/explanation.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Explanation } from '../../src/model/weight.ts'

const asked = (stem: string, status = 200): FindingWithHits =>
  ({
    finding: { id: 'f', log: 'iis-frontend' },
    hits: [{ event: { log: 'iis-frontend', fields: { 'cs-uri-stem': stem, 'sc-status': status } } }],
  }) as unknown as FindingWithHits
const compiled = (virtualPath: string): FindingWithHits =>
  ({
    finding: { id: 'c', log: 'aspnet-temp' },
    hits: [{ event: { log: 'aspnet-temp', fields: { virtualPath } } }],
  }) as unknown as FindingWithHits
const people: Explanation = { by: 'people', strength: 'weak', answers: ['use'], statement: '' }

function signsOf(
  about: readonly FindingWithHits[],
  {
    pages = [],
    hasAllPages = true,
    areSeveral = false,
    by = [],
  }: { pages?: string[]; hasAllPages?: boolean; areSeveral?: boolean; by?: Explanation[] } = {},
): string[] {
  const known = new Map(pages.map((page) => [page, []]))
  const context = { pages: known, hasAllPages, areSeveral } as unknown as ExplanationContext
  const page = { kind: 'page', key: 'page\0aspnet_client/a.aspx', name: 'aspnet_client/a.aspx' } as const
  return removalSigns(page, about, by, context).map(({ kind, strength }) => `${strength} ${kind}`)
}

void test('a page below Exchange that ran and is in no web root any more was removed', () => {
  assert.deepEqual(signsOf([asked('/aspnet_client/a.aspx')]), ['strong provenance'])
  assert.deepEqual(signsOf([compiled('/aspnet_client/a.aspx')]), ['strong provenance'])
})

void test('where logs of several hosts are assessed together the web roots may be those of another', () => {
  const of = (strength: string): FindingWithHits => {
    const one = asked('/aspnet_client/a.aspx')
    return { ...one, finding: { ...one.finding, sign: { subject: 'page', kind: 'use', strength } } } as FindingWithHits
  }
  assert.deepEqual(signsOf([of('strong')]), ['strong provenance'])
  assert.deepEqual(signsOf([of('weak')], { areSeveral: true }), ['weak provenance'])
  assert.deepEqual(signsOf([of('strong')], { areSeveral: true }), [])
})

void test('nothing was removed where it was refused, is there, is of others, or where not all pages are known', () => {
  assert.deepEqual(signsOf([asked('/aspnet_client/a.aspx', 404)]), [])
  assert.deepEqual(signsOf([asked('/aspnet_client/a.aspx')], { pages: ['aspnet_client/a.aspx'] }), [])
  assert.deepEqual(signsOf([asked('/aspnet_client/a.aspx')], { hasAllPages: false }), [])
  assert.deepEqual(signsOf([asked('/certsrv/a.aspx')]), [])
  assert.deepEqual(signsOf([asked('/aspnet_client/a.aspx')], { by: [people] }), [])
})

void test('a page elsewhere that ran and is gone is a weak sign, unless the configuration of IIS serves its folder', () => {
  assert.deepEqual(signsOf([asked('/intranet/a.aspx')]), ['weak provenance'])
  const page = { kind: 'page', key: 'page\0intranet/a.aspx', name: 'intranet/a.aspx' } as const
  const context = { pages: new Map(), hasAllPages: true, isConfigured: () => true } as unknown as ExplanationContext
  assert.deepEqual(removalSigns(page, [asked('/intranet/a.aspx')], [], context), [])
})
