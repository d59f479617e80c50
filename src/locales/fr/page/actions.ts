import type { en } from '../../en/page.ts'
import { count, plural, of } from './counts.ts'

export const actions: (typeof en)['actions'] = {
  lead: 'Dans cet ordre. Cochez ce qui est fait : l’adresse de cette page le retient, de sorte qu’un lien le dit aux autres.',
  done: (done, all) =>
    done === all
      ? all === 1
        ? 'faite'
        : `toutes les ${count(all)} faites`
      : `${done === 0 ? 'aucune' : count(done)} sur ${count(all)} ${plural(done, 'faite', 'faites')}`,
  isDone: 'Fait',
  mark: (title) => `Fait : ${title}`,
  effects: 'Effets secondaires :',
  here: { server: 'Sur ce serveur :', tenant: 'Dans ce locataire :' },
  verify: 'Fait lorsque :',
  calls: 'Ce qui l’exige',
  evidence: 'preuve',
  furtherPlaces: (n) => of(n, 'autre endroit', 'autres endroits'),
}

export const duties: (typeof en)['duties'] = {
  lead: 'Des faits, et non un conseil juridique : lesquelles vous obligent dépend de qui vous êtes et d’où vous êtes. Notez quand vous avez su, et quoi.',
  aware: 'Vous en avez eu connaissance le (UTC)',
  awareHint: 'Les délais ci-dessous courent de là, lorsque la loi compte à partir de la connaissance.',
  laws: (n) =>
    `${of(n, 'texte qui peut', 'textes qui peuvent')} vous obliger, avec ${n === 1 ? 'son délai' : 'leurs délais'}`,
  caption: 'Obligations de notification',
  law: 'Texte',
  binds: 'S’applique à',
  tell: 'À informer',
  within: 'Délai',
  from: (from) => `à partir de : ${from}`,
  until: 'Jusqu’au',
  left: (time) => `encore ${time}`,
  over: (time) => `dépassé depuis ${time}`,
  days: (n) => of(n, 'jour', 'jours'),
  hours: (n) => of(n, 'heure', 'heures'),
  minutes: (n) => of(n, 'minute', 'minutes'),
  noClock: 'ne compte pas à partir de la connaissance',
  enter: 'saisir l’heure ci-dessus',
  note: 'Note et source',
}
