import { formatCount, counted } from '../../../lib/amounts.ts'

export const actions = {
  lead: 'Carry these out in this order. The address of this page keeps the ticks, so a link shows them to others.',
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
  calls: 'Why',
  evidence: 'evidence',
  furtherPlaces: (n: number) => counted(n, 'further place'),
}

export const duties = {
  lead: 'Facts, not legal advice. Which laws apply depends on your organization and country. Record when you became aware, and of what.',
  aware: 'You became aware on (UTC)',
  awareHint: 'Deadlines below run from this time where the law counts from awareness.',
  laws: (n: number) => `${counted(n, 'law')} that may apply, with ${n === 1 ? 'its time limit' : 'their time limits'}`,
  caption: 'Duties to report',
  law: 'Law',
  binds: 'Applies to',
  tell: 'Notify',
  within: 'Within',
  from: (from: string) => `from ${from}`,
  until: 'Until',
  left: (time: string) => `${time} left`,
  over: (time: string) => `expired ${time}`,
  days: (n: number) => counted(n, 'day'),
  hours: (n: number) => counted(n, 'hour'),
  minutes: (n: number) => counted(n, 'minute'),
  noClock: 'not counted from awareness',
  enter: 'enter the time of awareness above',
  note: 'Note and source',
}
