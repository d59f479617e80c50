import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gapReasons } from '../../src/model/evidence.ts'
import { entered, quiet } from './ablation.ts'
import { allLogs, damaged, eachEvidenceFile, eachLog, eachPage, eachSource, LINK, raised } from './damage.ts'

// Every server that was entered: the files that its findings rest on unreadable, all at once and each by itself; each log with
// its middle third gone, all logs at once, each page not read.

for (const server of entered) {
  void test(`${server.name}: nothing that is not read makes "no evidence" of it`, async () => {
    const wrong: string[] = []
    await damaged(
      server,
      (files, whole) => [
        ...eachEvidenceFile(files, whole),
        ...eachLog(['middle third zeroed', 'middle third random', 'cut to a third', 'all random'])(files),
        ...allLogs(['middle third zeroed', 'middle third random'])(files),
        ...eachPage(LINK)(files),
        ...eachPage({ reason: 'timeout', detail: 'it took longer than 60 s' })(files),
      ],
      ({ name }, { verdict }) => {
        if (verdict.is === 'no-evidence') wrong.push(`${name}: ${verdict.sentence}`)
      },
    )
    assert.deepEqual(wrong, [])
  })
}

const sources = eachSource(['middle third zeroed', 'middle third random', 'cut to a third'], gapReasons)

for (const server of entered) {
  void test(`${server.name}: no source that is damaged or not read makes "no evidence" of it, or raises an answer to a yes`, async () => {
    const wrong: string[] = []
    await damaged(server, sources, ({ name }, less, whole) => {
      if (less.verdict.is === 'no-evidence') wrong.push(`${name}: ${less.verdict.sentence}`)
      for (const says of raised(less, whole)) wrong.push(`${name}: ${says}`)
    })
    assert.deepEqual(wrong, [])
  })
}

for (const server of quiet) {
  void test(`${server.name}: no source that is damaged or not read makes an intrusion of it`, async () => {
    const wrong: string[] = []
    await damaged(server, sources, ({ name }, less) => {
      for (const { question, is } of less.answers)
        if (question !== 'exposed' && is === 'yes') wrong.push(`${name}: ${question} is yes`)
    })
    assert.deepEqual(wrong, [])
  })
}
