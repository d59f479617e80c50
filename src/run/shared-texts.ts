import { idsOf, placeOf } from '../prefilter/value-ids.ts'
import type { WorkerAnswer } from './handle.ts'

// Addresses, programs and accounts are nearly the same in each log of a server. A thread sends each of them once, and its number
// from then on: a copy of forty thousand texts for each file costs more than counting them.

/** Texts that stand for others by their numbers: `fresh` follow those that were sent before, or are the first where `isAnew`. */
type Message = { readonly answers: readonly unknown[]; readonly fresh: readonly string[]; readonly isAnew: boolean }
type Texts = readonly (string | null)[]

/** A shorter list goes as it is. */
const FEW = 64
/** Texts that are remembered on both sides, and characters in all of them. */
const MOST = { texts: 200_000, characters: 16_000_000 }
/** What stands for null. */
const NULL = 0xffff_ffff

/** Senders that began, each with no text: a new one does not know what another sent. */
let senders = 0

/** The side that sends. */
export class SentTexts {
  readonly #numbers = new Map<string, number>()
  #sender = ++senders
  #characters = 0
  #fresh: string[] = []

  /** Answers as they are sent: those before must have been. */
  pack(answers: readonly unknown[]): readonly unknown[] | Message {
    const isAnew = this.#numbers.size > MOST.texts || this.#characters > MOST.characters
    if (isAnew) {
      this.#numbers.clear()
      this.#characters = 0
      this.#sender = ++senders
    }
    this.#fresh = []
    const packed = answers.map((answer) => withTexts(answer, (texts) => this.#numbersOf(texts)))
    return isAnew || this.#fresh.length > 0 || packed.some((each, i) => each !== answers[i])
      ? ({ answers: packed, fresh: this.#fresh, isAnew } satisfies Message)
      : answers
  }

  #numbersOf(texts: Texts | Uint32Array): Texts | Uint32Array {
    if (texts.length < FEW || texts instanceof Uint32Array) return texts
    const numbers = new Uint32Array(texts.length)
    const known = idsOf(texts)
    for (let i = 0; i < texts.length; i++) {
      const text = texts[i]!
      if (text === null) numbers[i] = NULL
      else if (known === null) numbers[i] = this.#numberOf(text)
      else {
        const [{ senders, sentAs }, place] = [known.of, placeOf(known.ids[i]!)]
        if (senders[place] !== this.#sender) {
          senders[place] = this.#sender
          sentAs[place] = this.#numberOf(text)
        }
        numbers[i] = sentAs[place]!
      }
    }
    return numbers
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(text, number)
    this.#characters += text.length
    this.#fresh.push(text)
    return number
  }
}

/** The side that takes what is sent. */
export class TakenTexts {
  #texts: string[] = []

  /** The answers of the next message. */
  unpack(message: readonly unknown[] | Message): readonly unknown[] {
    if (!('answers' in message)) return message
    if (message.isAnew) this.#texts = []
    for (const text of message.fresh) this.#texts.push(text)
    return message.answers.map((answer) => withTexts(answer, (texts) => this.#textsOf(texts)))
  }

  #textsOf(numbers: Texts | Uint32Array): Texts | Uint32Array {
    if (!(numbers instanceof Uint32Array)) return numbers
    return Array.from(numbers, (number) => (number === NULL ? null : this.#texts[number]!))
  }
}

type Replace = (texts: Texts | Uint32Array) => Texts | Uint32Array

/** An answer with other forms of its long lists of texts. */
function withTexts(answer: unknown, replace: Replace): unknown {
  if (typeof answer !== 'object' || answer === null || !('scan' in answer)) return answer
  const { scan } = answer as Extract<WorkerAnswer, { scan: unknown }>
  const { requests, devices, logons } = scan
  const all = [...Object.values(requests), devices, logons]
  if (all.every((table) => table === undefined || table.values.length < FEW)) return answer
  const tables = Object.entries(requests).map(([trait, table]) => [
    trait,
    { ...table, values: replace(table.values), only: replace(table.only) },
  ])
  const other = {
    requests: Object.fromEntries(tables) as unknown,
    ...(devices && { devices: { ...devices, values: replace(devices.values), clients: replace(devices.clients) } }),
    ...(logons && { logons: { ...logons, values: replace(logons.values) } }),
  }
  return { ...answer, scan: { ...scan, ...other } }
}
