// Conditions of Sigma rules.
// https://sigmahq.io/sigma-specification/specification/sigma-rules-specification.html ("Condition")
//
//   or     = and ("or" and)*
//   and    = not ("and" not)*
//   not    = "not" not | atom
//   atom   = "(" or ")" | ("1" | "any" | "all" | number) "of" ("them" | name with *) | name
import { broken, quoteRuleText, unsupported } from './rule-problem.ts'
import { every, not, some, type Test } from './predicate.ts'

const LENGTH = 64 * 1024
const DEPTH = 200
/** How many selections a condition may name, patterns counted by what they stand for. */
const REFERENCES = 1_000_000

/**
 * The question that a condition asks, made of the questions of its selections. `place` turns a position in the text into
 * one in the file.
 */
export function readCondition(
  text: string,
  place: (at: number) => number,
  selections: ReadonlyMap<string, Test>,
): Test {
  if (text.length > LENGTH) throw broken(`a condition of ${text.length} characters`, place(0))
  return new Reader(text, place, selections).read()
}

type Token = { readonly text: string; readonly at: number }

class Reader {
  readonly #tokens: readonly Token[]
  readonly #placeOf: (at: number) => number
  readonly #selections: ReadonlyMap<string, Test>
  #next = 0
  #depth = 0
  #references = 0

  constructor(text: string, place: (at: number) => number, selections: ReadonlyMap<string, Test>) {
    this.#placeOf = place
    this.#selections = selections
    this.#tokens = [...text.matchAll(/[()|]|[^\s()|]+/g)].map((match) => ({ text: match[0], at: match.index }))
  }

  read(): Test {
    const pipe = this.#tokens.find((token) => token.text === '|')
    if (pipe)
      throw unsupported(
        'an aggregation after "|" (the form before Sigma 2; correlations took its place)',
        this.#place(pipe),
      )
    const test = this.#or()
    const rest = this.#tokens[this.#next]
    if (rest)
      throw broken(`the condition expects "and", "or" or its end; found ${quoteRuleText(rest.text)}`, this.#place(rest))
    return test
  }

  #or(): Test {
    if (++this.#depth > DEPTH)
      throw broken(`a condition nested more than ${DEPTH} deep`, this.#place(this.#tokens[this.#next]))
    const tests = [this.#and()]
    while (this.#take('or')) tests.push(this.#and())
    this.#depth--
    return some(tests)
  }

  #and(): Test {
    const tests = [this.#not()]
    while (this.#take('and')) tests.push(this.#not())
    return every(tests)
  }

  #not(): Test {
    let negative = false
    while (this.#take('not')) negative = !negative
    const test = this.#atom()
    return negative ? not(test) : test
  }

  #atom(): Test {
    const token = this.#tokens[this.#next++]
    if (!token || /^(and|or|\)|of|them)$/i.test(token.text)) {
      const found = token ? `found ${quoteRuleText(token.text)}` : 'it ends here'
      throw broken(`the condition expects a selection, "not", "1 of …" or a bracket; ${found}`, this.#place(token))
    }
    if (token.text === '(') {
      const inner = this.#or()
      if (!this.#take(')')) throw broken('a "(" in the condition without ")"', this.#place(token))
      return inner
    }
    if (/^of$/i.test(this.#tokens[this.#next]?.text ?? '') && /^(\d+|any|all)$/i.test(token.text)) {
      this.#next++
      return this.#of(token)
    }
    const test = this.#selections.get(token.text)
    if (!test)
      throw broken(
        `the condition names ${quoteRuleText(token.text)}, and there is no such selection`,
        this.#place(token),
      )
    this.#count(1, token)
    return test
  }

  #of(quantity: Token): Test {
    const token = this.#tokens[this.#next++]
    if (!token || /^[()]$/.test(token.text))
      throw broken(`${quoteRuleText(`${quantity.text} of`)} expects "them" or a name with *`, this.#place(quantity))
    const tests = this.#matching(token)
    if (tests.length === 0) throw broken(`no selection is named like ${quoteRuleText(token.text)}`, this.#place(token))
    if (/^all$/i.test(quantity.text)) return every(tests)
    const least = /^any$/i.test(quantity.text) ? 1 : Number(quantity.text)
    if (least < 1 || least > tests.length) {
      throw broken(
        `${quoteRuleText(quantity.text)} of ${tests.length} selections can never be asked`,
        this.#place(quantity),
      )
    }
    return some(tests, least)
  }

  #matching(token: Token): Test[] {
    this.#count(this.#selections.size, token)
    const them = /^them$/i.test(token.text)
    const like = named(token.text)
    const tests: Test[] = []
    for (const [name, test] of this.#selections) if (them ? !name.startsWith('_') : like(name)) tests.push(test)
    return tests
  }

  #count(references: number, token: Token): void {
    this.#references += references
    if (this.#references > REFERENCES) throw broken('a condition that names too many selections', this.#place(token))
  }

  #take(word: string): boolean {
    if (this.#tokens[this.#next]?.text.toLowerCase() !== word) return false
    this.#next++
    return true
  }

  #place(token: Token | undefined): number {
    return this.#placeOf(token?.at ?? 0)
  }
}

/** Is a name like the pattern, where `*` stands for any characters? */
function named(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.split('*')
  const final = rest.pop()
  if (final === undefined) return (name) => name === pattern
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(final)) return false
    let at = first.length
    for (const part of rest) {
      const found = name.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return at <= name.length - final.length
  }
}
