import { formatCount, counted } from '../../../src/lib/amounts.ts'

export const actions = {
  lead: 'In this order. Tick off what is done: the address of this page then holds it, so that a link shows others.',
  done: (done: number, of: number) =>
    done === of
      ? of === 1
        ? 'done'
        : `all ${formatCount(of)} done`
      : done === 0
        ? `none of ${formatCount(of)} done`
        : `${formatCount(done)} of ${formatCount(of)} done`,
  isDone: 'Done',
  mark: (title: string) => `Done: ${title}`,
  effects: 'Side effects:',
  here: { server: 'On this server:', tenant: 'In this tenant:' },
  verify: 'Done when:',
  calls: 'What calls for it',
  evidence: 'evidence',
  furtherPlaces: (n: number) => counted(n, 'further place'),
}

export const duties = {
  lead: 'Facts, and no legal advice: which of them bind you depends on who and where you are. Write down when you became aware, and of what.',
  aware: 'You became aware on (UTC)',
  awareHint: 'The clocks below run from then, where the law counts from awareness.',
  laws: (n: number) =>
    `${counted(n, 'law')} that may bind you, with ${n === 1 ? 'its time limit' : 'their time limits'}`,
  caption: 'Duties to report',
  law: 'Law',
  binds: 'Binds',
  tell: 'Notify',
  within: 'Within',
  from: (from: string) => `from ${from}`,
  until: 'Until',
  left: (time: string) => `${time} left`,
  over: (time: string) => `over since ${time}`,
  days: (n: number) => counted(n, 'day'),
  hours: (n: number) => counted(n, 'hour'),
  minutes: (n: number) => counted(n, 'minute'),
  noClock: 'not counted from awareness',
  enter: 'enter the time above',
  note: 'Note and source',
}
