import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainPage } from '../../src/assessment/weighing/explanations/plain-page.ts'
import type { ExplanationContext } from '../../src/assessment/weighing/explanations/explanation.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import { found as made } from './made.ts'

const used = Date.parse('2021-08-13T02:00Z')
const request = { first: '2021-08-13T02:00:00Z', timeBasis: 'format' } as Finding
const file = { first: '2021-12-01T00:00:00Z', timeBasis: 'file' } as Finding

function explained(
  findings: readonly Finding[],
  pages: readonly { readonly modified: number | null; readonly takesNothing: boolean }[],
  kind: 'page' | 'program' = 'page',
): boolean {
  const subject = { kind, key: '', name: 'aspnet_client/status.aspx' } as const
  const found = findings.map((finding) => ({ finding, hits: [], counts: true }) satisfies FindingWithHits)
  const context = { pages: new Map([['aspnet_client/status.aspx', pages]]) } as unknown as ExplanationContext
  return plainPage({ subject, found }, context) !== null
}

test('a page whose code takes nothing explains how it is named and used, where it is older than its use', () => {
  assert.equal(explained([request, file], [{ modified: used - 1, takesNothing: true }]), true)
  assert.equal(explained([request], [{ modified: used + 1, takesNothing: true }]), false)
  assert.equal(explained([request], [{ modified: null, takesNothing: true }]), false)
})

test('that of a page that is seen as a file alone, whenever it was written', () => {
  assert.equal(explained([file], [{ modified: null, takesNothing: true }]), true)
})

test('every page of the name must be such a one, and one must be there', () => {
  const quiet = { modified: used - 1, takesNothing: true }
  assert.equal(explained([request], [quiet, { ...quiet, takesNothing: false }]), false)
  assert.equal(explained([request], []), false)
  assert.equal(explained([request], [quiet], 'program'), false)
})

test('posts are not explained by what lies there now: a page that takes nothing is sent nothing', () => {
  const subject = { kind: 'page', key: '', name: 'owa/auth/notes.aspx' } as const
  const pages = new Map([['owa/auth/notes.aspx', [{ modified: used - 1, takesNothing: true }]]])
  const answersOf = (method: string, what: string): readonly string[] | undefined => {
    const found = [made(what, { fields: { 'cs-method': method, 'cs-uri-stem': '/owa/auth/notes.aspx' } })]
    return plainPage({ subject, found }, { pages } as unknown as ExplanationContext)?.answers
  }
  assert.deepEqual(answersOf('POST', 'execution page strong use'), ['content', 'name'])
  assert.deepEqual(answersOf('GET', 'execution page strong use'), ['content', 'name', 'use'])
  assert.deepEqual(answersOf('POST', 'execution page weak use'), ['content', 'name', 'use'])
})
