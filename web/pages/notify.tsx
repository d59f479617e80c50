import { useId, useMemo, useState } from 'react'
import type { Assessment } from '../../src/model/assessment.ts'
import { catalogues } from '../../src/locales/catalogues.ts'
import { formats } from '../../src/locales/formats.ts'
import { noticePage, type Recipient, recipientsOf } from '../../src/reports/briefing/notice-page.ts'
import type { BlankField } from '../../src/locales/briefing-text.ts'
import { Bare } from '../parts/text.tsx'
import { useManagementLanguage } from './management.tsx'
import { type Blanks, LanguageChoice, Sheet } from './page.tsx'

/** What is the same in all letters; whom a letter goes to is written on each. */
const common: readonly BlankField[] = ['organization', 'date', 'measures', 'contact', 'signature']

/** Letters to those whose mailbox was read, for certain or possibly: a list to choose from, and a page for each in print. */
export function Notify({ report }: { report: Assessment }) {
  const [language, choose] = useManagementLanguage()
  const recipients = useMemo(() => recipientsOf(report), [report])
  const [chosen, set] = useState<ReadonlySet<number>>(
    () => new Set(recipients.flatMap(({ mailbox }, i) => (mailbox === null ? [] : [i]))),
  )
  const [blanks, write] = useState<Blanks>({})
  const words = catalogues[language]
  const letters = useMemo(
    () =>
      recipients.flatMap((recipient, i) =>
        chosen.has(i) ? [{ i, page: noticePage(report, recipient, language) }] : [],
      ),
    [report, recipients, chosen, language],
  )
  const n = { n: letters.length, is: formats[language].number(letters.length) }
  return (
    <>
      <div className="sheet-tools" lang={language}>
        <h1>{words.notice.choose}</h1>
        {recipients.length === 0 ? (
          <p>{words.notice.none}</p>
        ) : (
          <>
            <Choice recipients={recipients} chosen={chosen} set={set} language={language} />
            <Fields blanks={blanks} write={write} language={language} />
          </>
        )}
        <p className="row">
          <LanguageChoice label={words.language} value={language} onChange={choose} />
          <span role="status">{recipients.length > 0 && words.notice.chosen(n)}</span>
          {letters.length > 0 && (
            <button type="button" onClick={() => print()}>
              {words.print}
            </button>
          )}
        </p>
      </div>
      {letters.map(({ i, page }) => (
        <Sheet page={page} level={2} blanks={blanks} fillIn={words.notice.fillIn} key={i} />
      ))}
    </>
  )
}

function Choice({
  recipients,
  chosen,
  set,
  language,
}: {
  recipients: readonly Recipient[]
  chosen: ReadonlySet<number>
  set: (chosen: ReadonlySet<number>) => void
  language: keyof typeof catalogues
}) {
  const words = catalogues[language]
  const all = chosen.size === recipients.length
  const turn = (i: number): void => {
    const next = new Set(chosen)
    if (!next.delete(i)) next.add(i)
    set(next)
  }
  return (
    <fieldset className="recipients">
      <legend>
        <label>
          <input type="checkbox" checked={all} onChange={() => set(all ? new Set() : new Set(recipients.keys()))} />{' '}
          {words.notice.all}
        </label>
      </legend>
      <ul>
        {recipients.map(({ mailbox, sure }, i) => (
          <li key={i}>
            <label>
              <input type="checkbox" checked={chosen.has(i)} onChange={() => turn(i)} />{' '}
              {mailbox === null ? words.notice.titleAll : <Bare text={mailbox} length={120} />} (
              {words.certainties[sure]})
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Fields({
  blanks,
  write,
  language,
}: {
  blanks: Blanks
  write: (blanks: Blanks) => void
  language: keyof typeof catalogues
}) {
  const words = catalogues[language]
  const id = useId()
  return (
    <details className="blanks">
      <summary>{words.notice.fields}</summary>
      {common.map((field) => (
        <p key={field}>
          <label htmlFor={`${id}${field}`}>{words.notice.blanks[field]}</label>
          <textarea
            id={`${id}${field}`}
            rows={field === 'measures' || field === 'contact' ? 4 : 2}
            value={blanks[field] ?? ''}
            onChange={(event) => write({ ...blanks, [field]: event.currentTarget.value })}
          />
        </p>
      ))}
    </details>
  )
}
