import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import { entered } from '../core/ablation.ts'
import { damaged } from '../core/damage.ts'
import { casesOf } from '../tenth.ts'
import { weakerThan } from './changed-evidence.ts'
import { foldersOfEachDay, rowsOfTheDay, tableOfTheDay, updatesAtTheActs } from './forged-folders.ts'

// What was added to the logs must explain nothing: folders with logs of the same days, rows of other people at the intruder's address
// before the act, and records by which Exchange was updated then.

for (const name of casesOf([
  'any-intrusion/compromised/password-reset-of-a-namesake',
  'any-intrusion/compromised/forward-set-in-a-guessed-session',
  'any-intrusion/compromised/sprayed-then-remote-desktop',
  'mail-taken/compromised/impersonation-given-to-itself',
  'any-intrusion/compromised/mailbox-from-the-address-of-an-intrusion',
]))
  test(`${name}: logs in two further folders, which take its own place from the log of the server, explain nothing`, async () => {
    const weaker: string[] = []
    const runs = await damaged(
      entered.find((one) => one.name === name)!,
      (_, whole) => foldersOfEachDay(whole),
      (damage, result, whole) => weaker.push(...weakerThan(aboutIntrusion(whole), aboutIntrusion(result), damage.name)),
    )
    assert.equal(runs, 3)
    assert.deepEqual(weaker, [])
  })

for (const name of casesOf([
  'any-intrusion/compromised/password-reset-of-a-namesake',
  'any-intrusion/compromised/sprayed-over-imap',
]))
  test(`${name}: a row or a table of the hours before moves no logon that another log has`, async () => {
    const weaker: string[] = []
    const runs = await damaged(
      entered.find((one) => one.name === name)!,
      (files, whole) => [...rowsOfTheDay(files, whole), ...tableOfTheDay(whole)],
      (damage, result, whole) => weaker.push(...weakerThan(aboutIntrusion(whole), aboutIntrusion(result), damage.name)),
    )
    assert.equal(runs, 2)
    assert.deepEqual(weaker, [])
  })

for (const name of casesOf([
  'microsoft-365/compromised/application-with-full-access-to-mailboxes',
  'microsoft-365/compromised/second-account-from-the-address-of-an-intrusion',
]))
  test(`${name}: what a server records explains nothing that a tenant does`, async () => {
    const weaker: string[] = []
    const runs = await damaged(
      entered.find((one) => one.name === name)!,
      (_, whole) => [...foldersOfEachDay(whole), ...updatesAtTheActs(whole)],
      (damage, result, whole) => weaker.push(...weakerThan(aboutIntrusion(whole), aboutIntrusion(result), damage.name)),
    )
    assert.equal(runs, 4)
    assert.deepEqual(weaker, [])
  })

/** Whether the server was exposed, what was added may leave open. */
function aboutIntrusion({ answers }: Assessment): Assessment['answers'] {
  return answers.filter(({ question }) => question !== 'exposed')
}
