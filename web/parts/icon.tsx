import type { Is, Verdict } from '../../src/model/answer.ts'

/** Shapes differ as well as colors: a filled sign, a half one, an empty ring, a question mark. */
export function Icon({ is }: { is: Is }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      {inside[is]}
    </svg>
  )
}

export function VerdictIcon({ verdict: v }: { verdict: Verdict }) {
  return <Icon is={v.is === 'no-evidence' || v.is === 'cannot-tell' ? v.is : v.sure ? 'yes' : 'likely'} />
}

/** A door in a wall, left ajar. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <path className="wall" d="M4 21V10a8 8 0 0 1 16 0v11" />
      <path className="door" d="M8 21V10.5a4 4 0 0 1 6-3.4V21z" />
      <path className="wall" d="M2 21h20" />
    </svg>
  )
}

const inside = {
  yes: (
    <>
      <circle className="fill" cx="12" cy="12" r="11" />
      <path className="cut" d="M12 5.5v8M12 16.6v2" />
    </>
  ),
  likely: (
    <>
      <circle className="ring" cx="12" cy="12" r="9.8" />
      <path className="fill" d="M12 2.2a9.8 9.8 0 0 1 0 19.6z" />
    </>
  ),
  'no-evidence': (
    <>
      <circle className="ring" cx="12" cy="12" r="9.8" />
      <path className="ring" d="M7.5 12h9" />
    </>
  ),
  'cannot-tell': (
    <>
      <circle className="ring dash" cx="12" cy="12" r="9.8" />
      <path className="ring" d="M8.9 9.6a3.1 3.1 0 1 1 4.6 2.7c-1 .6-1.5 1-1.5 2M12 17.1v.6" />
    </>
  ),
  'not-asked': <path className="ring" d="M6 12h12" />,
}
