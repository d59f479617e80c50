import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Member, MemberRefusal } from '../../src/evidence/container.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { askAll } from '../../src/rules/match.ts'
import { scanMember, scanUnlisted } from '../../src/scan/scan.ts'

// Rules about name and location match files whose content is not read, for whatever reason.
const { rules } = await loadKnowledge({
  packs: [fileURLToPath(new URL('../../packs', import.meta.url))],
  rules: [],
  iocs: [],
})
const settings = { rules, ask: askAll(rules.events), zone: null }
const install = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15'

function unread(windowsPath: string, refused: MemberRefusal): Member {
  const path = windowsPath.replaceAll('\\', '/').replace(':', '')
  return { ref: { root: '', steps: [] }, path, windowsPath, size: 1_234, modified: null, refused }
}

const titles = (hits: readonly { readonly rule: string }[]): string[] =>
  hits.map(({ rule }) => rules.events.find(({ info }) => info.id === rule)!.info.title).sort()

const reasons: readonly MemberRefusal[] = [
  { reason: 'policy', detail: 'a symbolic link' },
  { reason: 'encrypted', detail: 'no password opens it' },
  { reason: 'bomb', detail: 'more than the limit' },
  { reason: 'timeout', detail: 'reading it took too long and was ended' },
  { reason: 'memory', detail: 'reading it wanted more memory than one file may take' },
]

describe('files that are not read', () => {
  for (const refused of reasons) {
    it(`${refused.reason}: a page where Exchange has none is a finding`, async () => {
      const { artifact, gaps, hits } = await scanMember(
        unread(`${install}\\FrontEnd\\HttpProxy\\owa\\auth\\RedirSuiteServerProxy.aspx`, refused),
        settings,
      )
      assert.ok(
        titles(hits).includes('Page in the Exchange Front End That Exchange Does Not Have'),
        titles(hits).join(),
      )
      assert.deepEqual([artifact.sha256, artifact.parsed, artifact.kinds], ['', 0, []])
      assert.deepEqual(gaps, [{ path: artifact.path, offset: 0, length: 1_234, ...refused }])
      for (const { event } of hits) assert.deepEqual([event.fields.sha256, event.fields.Hashes], [null, null])
    })
  }

  it('a page deep in Exchange is held against the paths of the baseline', async () => {
    const titlesAt = async (path: string): Promise<string[]> =>
      titles((await scanMember(unread(`${install}\\${path}`, reasons[0]!), settings)).hits)
    assert.deepEqual(await titlesAt('ClientAccess\\ecp\\DDI\\strange.aspx'), [
      'Page Below ClientAccess That No Known Build Has',
    ])
    assert.deepEqual(await titlesAt('ClientAccess\\ecp\\default.aspx'), [])
    assert.deepEqual(await titlesAt('FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx'), [])
  })

  it('what could not be listed is matched by its name, too', () => {
    const path = 'C/inetpub/wwwroot/aspnet_client/supp0rt.aspx'
    const { hits, gaps } = scanUnlisted({ path, size: 9, reason: 'corrupt', detail: 'broken' }, settings)
    assert.ok(titles(hits).includes('Page in aspnet_client'), titles(hits).join())
    assert.deepEqual(gaps, [{ path, offset: 0, length: 9, reason: 'corrupt', detail: 'broken' }])
  })
})
