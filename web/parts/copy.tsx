import { type RefObject, useRef, useState } from 'react'
import { useTexts } from '../texts.tsx'

/** A command with a button that copies it; where the browser forbids that, it is selected. */
export function Command({ text }: { text: string }) {
  const t = useTexts().frame
  const code = useRef<HTMLElement>(null)
  return (
    <span className="command">
      <code className="copy" dir="ltr" ref={code}>
        {text}
      </code>
      <Copy text={text} label={t.copyCommand} shown={code}>
        {t.copy}
      </Copy>
    </span>
  )
}

/** A button that copies a text. `shown`: where it stands on the page, which is selected where copying is forbidden. */
export function Copy({
  text,
  label,
  shown,
  children,
}: {
  text: string
  label?: string
  shown: RefObject<HTMLElement | null>
  children: string
}) {
  const t = useTexts().frame
  const [said, say] = useState<string | null>(null)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      say(t.copied)
    } catch {
      getSelection()?.selectAllChildren(shown.current!)
      say(t.selected)
    }
    setTimeout(() => say(null), 2000)
  }
  return (
    <button type="button" className="copy" aria-label={said ?? label} onClick={() => void copy()}>
      {said ?? children}
    </button>
  )
}

/** A whole command line, or words with commands between back quotes. */
export function Instruction({ step }: { step: string }) {
  if (commandLine.test(step) && !/`|, and |\b(?:with|of|for) the\b|\.$/.test(step)) return <Command text={step} />
  return (
    <span lang="en">{step.split('`').map((piece, i) => (i % 2 === 1 ? <Command text={piece} key={i} /> : piece))}</span>
  )
}

const commandLine =
  /^(?:[A-Z][a-zA-Z]+-[A-Z][A-Za-z]+\b|(?:reg|netsh|iisreset|schtasks|wevtutil|icacls|certutil|appcmd|auditpol|dism|sc|net|robocopy|postern)(?:\.exe)? )/
