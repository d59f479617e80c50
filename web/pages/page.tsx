import type { ReactNode } from 'react'
import { type Language, languageNames, briefingLanguages } from '../../src/locales/languages.ts'
import type { BlankField, Block, BriefingPage, BriefingText } from '../../src/locales/briefing-text.ts'
import { Bare } from '../parts/text.tsx'
import './pages.css'

/** What the reader wrote into the blanks of a letter. */
export type Blanks = Readonly<Partial<Record<BlankField, string>>>

/** A text of ours, in which what comes out of evidence stands apart and inert. */
export function PageWords({ text }: { text: BriefingText }) {
  return text.map((part, i) =>
    typeof part === 'string' ? part : <Bare text={part.quoted} en={part.lang === 'en'} key={i} />,
  )
}

/** A page as a sheet of paper. `level`: of its title; its sections are one below. */
export function Sheet({
  page,
  level,
  blanks = {},
  fillIn,
}: {
  page: BriefingPage
  level: 1 | 2
  blanks?: Blanks
  fillIn: string
}) {
  const [Title, Heading] = level === 1 ? (['h1', 'h2'] as const) : (['h2', 'h3'] as const)
  const blocks = (list: readonly Block[]): ReactNode =>
    list.map((block, i) => <OneBlock block={block} blanks={blanks} fillIn={fillIn} key={i} />)
  return (
    <article className="sheet" lang={page.language}>
      <Title className="of">{page.title}</Title>
      {page.headline.length > 0 && (
        <p className="headline">
          <PageWords text={page.headline} />
        </p>
      )}
      {blocks(page.lead)}
      {page.sections.map(({ id, heading, blocks: own }) => (
        <section key={id}>
          <Heading>{heading}</Heading>
          {blocks(own)}
        </section>
      ))}
      <div className="foot">{blocks(page.foot)}</div>
    </article>
  )
}

function OneBlock({ block, blanks, fillIn }: { block: Block; blanks: Blanks; fillIn: string }) {
  switch (block.block) {
    case 'text':
      return (
        <p>
          <PageWords text={block.text} />
        </p>
      )
    case 'note':
      return (
        <p className="note">
          <PageWords text={block.text} />
        </p>
      )
    case 'list': {
      const items = block.items.map((item, i) => (
        <li key={i}>
          <PageWords text={item} />
        </li>
      ))
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'facts':
      return (
        <dl className="facts">
          {block.facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <PageWords text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )
    case 'table':
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
        <div className="scroll" tabIndex={0} role="group" aria-label={block.head.join(', ')}>
          <table>
            <thead>
              <tr>
                {block.head.map((name) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, i) => (
                <tr key={i}>
                  {row.map((cell, j) => (
                    <td key={j}>
                      <PageWords text={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
    case 'blank': {
      const written = blanks[block.field]
      return written ? (
        <p className="filled">{written}</p>
      ) : (
        <p className="blank">
          {block.label} <i>… {fillIn} …</i>
        </p>
      )
    }
  }
}

/** The language of one page, whatever that of the report is. */
export function LanguageChoice({
  label,
  value,
  onChange,
}: {
  label: string
  value: Language
  onChange: (language: Language) => void
}) {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as Language)}>
        {briefingLanguages.map((language) => (
          <option value={language} lang={language} key={language}>
            {languageNames[language]}
          </option>
        ))}
      </select>
    </label>
  )
}
