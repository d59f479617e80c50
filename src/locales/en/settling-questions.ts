import type { SubjectKind } from '../../model/sign.ts'

/** The question that settles a lead, for the administrators of the server or the owner of the account. */
export const settlingQuestions: Readonly<Record<SubjectKind, string>> = {
  request: 'Who owns this address: an authorized scanner, a partner or a user?',
  export: 'Who requested this export, and why?',
  page: 'Which product or administrator created this page?',
  'virtual-directory': 'Who changed this directory, and why?',
  module: 'Which product or administrator installed this module?',
  agent: 'Which product or administrator installed this agent?',
  task: 'Which product or administrator created this task?',
  service: 'Which product or administrator installed this service?',
  program: 'Which product or administrator installed or ran this program?',
  host: 'Who used this computer at that time?',
  account: 'Does the owner of the account recognize the time, location and device?',
  application: 'Who consented to this application, and why?',
  session: 'Does the owner of the account recognize the time, location and device?',
  device: 'Does the owner of the account recognize this device?',
  'inbox-rule': 'Did the owner of the mailbox create these rules?',
  grant: 'Who granted these rights, and why?',
  mailbox: 'Who read this mailbox, and on whose behalf?',
  client: 'Who owns this address: an authorized scanner, a partner or a user?',
}
