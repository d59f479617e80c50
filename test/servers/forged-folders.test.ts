import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entered } from '../core/ablation.ts'
import { damaged } from '../core/damage.ts'
import { casesOf } from '../tenth.ts'
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
      (damage, { answers }, whole) => weaker.push(...weakerThan(whole.answers, answers, damage.name)),
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
      (damage, { answers }, whole) => weaker.push(...weakerThan(whole.answers, answers, damage.name)),
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
      (damage, { answers }, whole) => weaker.push(...weakerThan(whole.answers, answers, damage.name)),
    )
    assert.equal(runs, 4)
    assert.deepEqual(weaker, [])
  })

type Answers = readonly { readonly question: string; readonly is: string }[]

/** Answers about the intrusion that say less than before. Whether the server was exposed, what was added may leave open. */
function weakerThan(before: Answers, now: Answers, how: string): readonly string[] {
  const order = ['not-asked', 'no-evidence', 'targeted', 'cannot-tell', 'likely', 'yes']
  return before.flatMap(({ question, is }) => {
    const later = now.find((one) => one.question === question)!.is
    const isWeaker = question !== 'exposed' && order.indexOf(later) < order.indexOf(is)
    return isWeaker ? [`${how}: ${question} was ${is} and is ${later}`] : []
  })
}
