import { formats } from './formats.ts'
import { say } from './page.ts'
import type { Count, Subject, Words } from './words.ts'

const { plural } = formats.en
const of = ({ n, is }: Count, one: string, many: string): string => `${is} ${plural(n, one, many)}`
const the = ({ kind, name }: Subject) =>
  say`${kind === 'server' ? 'the mail server ' : 'the Microsoft 365 tenant '}${name}`
const The = ({ kind, name }: Subject) =>
  say`${kind === 'server' ? 'The mail server ' : 'The Microsoft 365 tenant '}${name}`

export const en: Words = {
  between: ' ',
  comma: ', ',
  management: {
    title: 'Report for the management',
    headings: {
      happened: 'What happened?',
      taken: 'What was taken, and whose is it?',
      'still-there': 'Can the attacker return?',
      'not-known': 'What is not known, and why?',
      decide: 'What is to be decided now?',
      duties: 'Who may have to be notified, and by when?',
      sure: 'How sure is this?',
      about: 'About this page',
    },
    headline: (subject, headline, sure) => {
      switch (headline) {
        case 'compromised':
          return say`${The(subject)} was ${sure ? '' : 'probably '}compromised.`
        case 'accounts':
          return say`Accounts on ${the(subject)} were ${sure ? '' : 'probably '}compromised.`
        case 'left':
          return say`Something that ${sure ? 'lets' : 'may let'} intruders come in was found on ${the(subject)}.`
        case 'exploited':
          return say`A vulnerability of ${the(subject)} was ${sure ? '' : 'probably '}exploited.`
        case 'mail':
          return say`Mail was ${sure ? '' : 'probably '}taken from ${the(subject)}.`
        case 'targeted':
          return say`An attacker ${sure ? '' : 'probably '}tried to get into ${the(subject)}.`
        case 'cannot-tell':
          return say`Whether ${the(subject)} was compromised cannot be determined.`
        case 'no-evidence':
          return say`No evidence of an attack on ${the(subject)} was found.`
      }
    },
    lead: (headline, sure, kind, beyond, why) => {
      switch (headline) {
        case 'compromised':
          if (!sure)
            return 'There are signs that an unauthorized person got in and took control of it. A further sign of another kind would make it certain.'
          return kind === 'server'
            ? 'An unauthorized person got in and took control of the server: their programs ran on it, something was planted, or passwords or keys were taken.'
            : 'An unauthorized person got in and took control of accounts, rights or settings.'
        case 'accounts':
          return sure
            ? 'An unauthorized person used mail accounts of the organization. Nothing was found that shows control of the server itself.'
            : 'There are signs that an unauthorized person used mail accounts of the organization. A further sign of another kind would make it certain.'
        case 'left':
          return 'How and when it got there cannot be read from this evidence. Anyone who knows of it can use it.'
        case 'exploited':
          return {
            'no-evidence':
              'No trace was found of their going further: of programs of theirs, of anything planted, or of mail that was taken.',
            mail: 'No trace was found of programs of theirs or of anything planted. What is known of mail is said below.',
            'cannot-tell': 'How far they got behind it is not known in full.',
          }[beyond]
        case 'mail':
          return 'How they got to it cannot be read from this evidence in full.'
        case 'targeted':
          return beyond !== 'cannot-tell'
            ? 'There is no evidence that they succeeded.'
            : 'Whether they succeeded cannot be determined from this evidence.'
        case 'cannot-tell':
          return {
            lead: 'Something that may let an attacker return has no known owner. The open questions below name it.',
            nothing: 'The evidence holds no dated log that would show it.',
            hours: 'The logs do not reach over the whole time that matters.',
            silent: 'These logs would not show it.',
          }[why]
        case 'no-evidence':
          return 'The logs that would have shown it were read for the whole time that matters. That is no proof that nothing happened: logs can be forged, and an attack can be unknown.'
      }
    },
    door: (name, sure, intrusion) =>
      intrusion
        ? say`Initial access ${sure ? '' : 'probably '}came through ${name}.`
        : say`What was ${sure ? '' : 'probably '}tried: ${name}.`,
    otherDoor: (alone, intrusion) =>
      alone
        ? `Which vulnerability or account ${intrusion ? 'they used' : 'they tried'} is not known.`
        : 'Further traces belong to none of the known campaigns.',
    hole: (hole, fixedAt, tooLate) => {
      switch (hole) {
        case 'open':
          return 'This vulnerability was still open when the evidence ends.'
        case 'mitigated':
          return 'When the evidence ends, a stopgap is in place against it; it is not closed.'
        case 'unknown':
          return 'Whether this vulnerability is fixed is not in the evidence.'
        case 'fixed':
          return `It ${fixedAt === null ? 'is closed' : `has been closed since ${fixedAt} at the latest`}.${tooLate ? ' That was after the first traces of the intruders, and closing it removes nothing that they left.' : ''}`
      }
    },
    firstTrace: (moment) => `First seen: ${moment}.`,
    firstAndLast: (first, last) => `First seen: ${first}. Last seen: ${last}.`,
    noTime: 'When is not known: no trace of it bears a time.',
    inexact: 'Some of these times are inexact, by up to 14 hours, because the time zone of the server is not known.',
    stepsIntro: 'What was found of it, in the order of time:',
    steps: {
      recon: 'They explored the server from outside.',
      attempt: 'They tried to exploit a vulnerability.',
      guessing: 'They guessed passwords.',
      access: 'They got past the logon.',
      write: 'They wrote a file or changed a setting.',
      shell: 'They had a hidden page on the server that takes their orders (a web shell).',
      execution: 'They ran programs on it.',
      credentials: 'They took passwords or keys.',
      account: 'They used a stolen account.',
      persistence: 'The attacker established persistence.',
      collection: 'They read or gathered mail.',
      exfiltration: 'They took data out.',
      cleanup: 'They removed traces.',
    },
    step: (step, sure, when) => `${when === null ? '' : `${when}: `}${sure ? '' : '(probably) '}${step}`,
    actor: (actor, words) => say`Who it was: ${actor} (${words}).`,
    noActor: 'Who it was cannot be said from this evidence.',
    asked: (vulnerabilities) =>
      `Assessed: ${of(vulnerabilities, 'known vulnerability', 'known vulnerabilities')}, and traces of attackers who used any other.`,
    exposed: (is) =>
      ({
        yes: 'A version with a known vulnerability ran on it in that time.',
        likely: 'A version with a known vulnerability probably ran on it in that time.',
        'no-evidence': 'No version with one of these vulnerabilities was seen on it.',
        'cannot-tell': 'Whether it had one of these vulnerabilities is not known.',
      })[is],
    openHoles: (open, used) =>
      `${of(open, 'known vulnerability was', 'known vulnerabilities were')} open when the evidence ends${used.n === 0 ? '' : `; attackers are known to use ${open.n === 1 ? 'it' : used.n >= open.n ? 'all of them' : `${used.is} of them`}`}.`,
    supportEnded: (product, end) =>
      `Regular security updates for ${product} ended on ${end}: the server has to be replaced.`,
    supportEnds: (product, end) => `Regular security updates for ${product} are made until ${end}.`,
    mailTaken: (is, certain) =>
      certain.n === 0
        ? `Mail was ${is === 'yes' ? '' : 'probably '}read or taken.`
        : `Mail of ${of(certain, 'mailbox', 'mailboxes')} was ${is === 'yes' ? '' : 'probably '}read or taken.`,
    mailNot: (is) =>
      ({
        'no-evidence': 'There is no evidence that mail was read or taken.',
        'cannot-tell': 'Whether mail was read or taken cannot be determined from this evidence.',
        'not-asked': 'Whether mail was read or taken was not examined.',
      })[is],
    mailPossible: (possible, more) =>
      more
        ? `Of ${of(possible, 'more mailbox', 'more mailboxes')} it is possible.`
        : `It is possible of ${of(possible, 'mailbox', 'mailboxes')}.`,
    mailAny: (when, more) =>
      `${when === null ? 'For a time' : `At this time (${when})`} it could ${more ? 'also ' : ''}have been any mailbox: the log that would show it is missing.`,
    mailUnknown: (more) => (more ? 'Whose else it was cannot be known.' : 'Whose it was cannot be known.'),
    secrets: (sure, beside) =>
      sure
        ? `${beside ? 'Passwords or keys were taken as well' : 'Passwords or keys were taken'}: all that the server held count as known to the intruders.`
        : `Passwords or keys were probably taken${beside ? ' as well' : ''}: those that the server held should be treated as known to the intruders.`,
    amounts: {
      when: 'When',
      ways: 'By which way',
      amount: 'How much',
      requests: (n) => of(n, 'access', 'accesses'),
      bytes: (bytes) => `${bytes} sent out`,
      items: (n) => `${of(n, 'item', 'items')} asked for one by one`,
      noSize: 'size not recorded',
    },
    names: { mailbox: 'Mailbox', sure: 'How sure', when: 'When', amount: 'How much' },
    namesLeftOut: 'The names are in the technical report and in the notices to the people concerned.',
    still: (is, end) => {
      const at = end === null ? 'at the end of the evidence' : `on ${end}, when the evidence ends`
      return {
        yes: `Yes: something that lets the attacker return was still there ${at}.`,
        likely: `Probably: something that may let the attacker return was there ${at}.`,
        'no-evidence': `Nothing that would let the attacker return was found there ${at}.`,
        'cannot-tell': 'This cannot be determined: not all that would show it is in the evidence.',
        unclear: `Something of this kind was still there ${at}. Whether it lets the attacker return, and whether there is more, cannot be determined.`,
        'not-asked': 'This was not examined.',
      }[is]
    },
    left: {
      'web-shell': (n) =>
        of(n, 'hidden page that takes orders (web shell)', 'hidden pages that take orders (web shells)'),
      vdir: (n) => of(n, 'changed setting of a web address', 'changed settings of web addresses'),
      'iis-module': (n) => of(n, 'module in the web server', 'modules in the web server'),
      'transport-agent': (n) => of(n, 'module in the flow of mail', 'modules in the flow of mail'),
      task: (n) => of(n, 'scheduled task', 'scheduled tasks'),
      service: (n) => of(n, 'service', 'services'),
      startup: (n) => of(n, 'entry that starts with the system', 'entries that start with the system'),
      account: (n) => of(n, 'user account or right', 'user accounts or rights'),
      forwarding: (n) => of(n, 'forwarding of mail', 'forwardings of mail'),
      'inbox-rule': (n) => of(n, 'inbox rule', 'inbox rules'),
      keys: (n) => of(n, 'trace of stolen keys', 'traces of stolen keys'),
    },
    states: {
      present: 'still there',
      'was-there': 'was there, not seen any more',
      'requested-after-removal': 'removed, and still asked for from outside',
      unknown: 'whether still there is not known',
    },
    leftItem: (what, state) => `${what}: ${state}`,
    leftNot: 'A security update fixes the vulnerability; it removes nothing of this.',
    open: {
      exposed: 'Whether it was vulnerable',
      targeted: 'Whether an attacker tried to get in',
      exploited: 'Whether a vulnerability was exploited',
      compromised: 'Whether it was compromised',
      'mail-taken': 'Whether mail was read or taken',
      'still-there': 'Whether something is left that lets the attacker return',
    },
    openWhy: (why, covered, days) =>
      ({
        hours: `the logs reach over ${covered} of ${of(days, 'day', 'days')} that matter${days.n === 1 ? 's' : ''}`,
        none: `no log reaches into the time that matters (${of(days, 'day', 'days')})`,
        little: `the logs reach over less than one day of the time that matters (${of(days, 'day', 'days')})`,
        state: 'the state of the system at the end is not all in the evidence',
        silent: 'no log in this evidence shows it',
      })[why],
    openItem: (what, why) => `${what}: ${why}.`,
    openMessages: 'Which messages were read: these logs never record that.',
    openWho: 'Whose mail it was in part: no log in this evidence shows it.',
    openAfter: (end) => `What happened after ${end}: the evidence ends there.`,
    openBefore: 'What was deleted before the evidence was copied.',
    openSettle: 'The technical report says for each question which log would answer it.',
    noActions: 'Nothing that was found calls for a decision.',
    decideOpen: (open) =>
      `Whether the missing logs shall be gathered: ${of(open, 'question is', 'questions are')} open.`,
    duties: {
      'gdpr-33': {
        law: 'GDPR Article 33 (EU)',
        binds: 'controllers of personal data',
        tell: 'supervisory authority',
        within: '72 hours',
        from: 'becoming aware of the breach',
      },
      'gdpr-34': {
        law: 'GDPR Article 34 (EU)',
        binds: 'controllers of personal data',
        tell: 'the people concerned',
        within: 'without undue delay',
        from: 'becoming aware of a high risk to them',
      },
      'uk-gdpr-33': {
        law: 'UK GDPR Article 33',
        binds: 'controllers of personal data in the United Kingdom',
        tell: 'Information Commissioner’s Office',
        within: '72 hours',
        from: 'becoming aware of the breach',
      },
      'nis2-23': {
        law: 'NIS 2 Directive Article 23 (EU)',
        binds: 'essential and important entities',
        tell: 'CSIRT or competent authority',
        within: '24 hours early warning, 72 hours notification, final report one month after that',
        from: 'becoming aware of the significant incident',
      },
      'dora-19': {
        law: 'DORA Article 19 (EU)',
        binds: 'financial entities',
        tell: 'competent authority',
        within:
          '4 hours after it is classified as major, at most 24 hours; intermediate report 72 hours, final report one month after',
        from: 'becoming aware of the incident',
      },
      'sec-8k': {
        law: 'Form 8-K Item 1.05 (US)',
        binds: 'companies registered with the SEC',
        tell: 'the public',
        within: '4 business days',
        from: 'determining that the incident is material',
      },
      hipaa: {
        law: 'HIPAA, 45 CFR 164.404 to 164.410 (US)',
        binds: 'covered entities and business associates in health care',
        tell: 'the individuals and HHS; the media from 500 people of one state on',
        within: '60 calendar days at the latest',
        from: 'discovery of the breach',
      },
      'us-banks': {
        law: '12 CFR 53, 225 and 304 (US)',
        binds: 'banking organizations',
        tell: 'primary federal regulator',
        within: '36 hours',
        from: 'determining that a notification incident has occurred',
      },
      'nydfs-500-17': {
        law: '23 NYCRR 500.17 (New York)',
        binds: 'entities licensed by the Department of Financial Services',
        tell: 'the superintendent',
        within: '72 hours; 24 hours after an extortion payment',
        from: 'determining that an incident has occurred',
      },
      'dfars-7012': {
        law: 'DFARS 252.204-7012 (US)',
        binds: 'defense contractors with covered information',
        tell: 'Department of Defense',
        within: '72 hours',
        from: 'discovery of the incident',
      },
      'cert-in': {
        law: 'CERT-In directions of 28 April 2022 (India)',
        binds: 'service providers, data centres, companies and government',
        tell: 'CERT-In',
        within: '6 hours',
        from: 'noticing the incident or being notified of it',
      },
      'soci-2b': {
        law: 'Security of Critical Infrastructure Act, Part 2B (Australia)',
        binds: 'responsible entities of critical infrastructure',
        tell: 'Australian Signals Directorate',
        within: '12 hours where availability is significantly affected, else 72 hours',
        from: 'becoming aware of the incident',
      },
      'ch-isg': {
        law: 'Information Security Act Article 74a (Switzerland)',
        binds: 'operators of critical infrastructure and public bodies',
        tell: 'BACS',
        within: '24 hours',
        from: 'discovery of the attack',
      },
      'br-lgpd-48': {
        law: 'LGPD Article 48 (Brazil)',
        binds: 'controllers of personal data',
        tell: 'ANPD and the people concerned',
        within: '3 business days',
        from: 'knowing that personal data are concerned',
      },
      'jp-appi-26': {
        law: 'Act on the Protection of Personal Information Article 26 (Japan)',
        binds: 'businesses that handle personal information',
        tell: 'Personal Information Protection Commission and the people concerned',
        within: 'promptly; final report within 60 days',
        from: 'becoming aware of the breach',
      },
    },
    dutiesIntro:
      'Facts, not legal advice. Which of them binds you, the law and your contracts say; laws change. The clocks run from your knowing of it, not from the attack.',
    dutiesHead: ['Law', 'Binds', 'To be notified', 'Within'],
    dutyClock: (within, from) => `${within}, from ${from}`,
    restsOn: (what) => say`The verdict rests on: ${what}.`,
    rest: (what, signs) => say`${what}${signs.length === 0 ? '' : ` (${signs.join(', ')})`}`,
    notSettled: (what, asks) => say`${what}: ${asks}`,
    beyondLogs: (campaign, period) => say`${campaign}, ${period}: no logs for this period.`,
    certain: {
      yes: 'Certain: the signs are of different kinds or beyond doubt, and nothing in the evidence explains them.',
      likely: 'Probable: the signs outweigh what explains them. A further sign of another kind would make it certain.',
      'no-evidence':
        '“No evidence” means: the logs that would show it were read whole, and none does. It does not mean that nothing happened.',
      'cannot-tell': 'There is no answer, neither yes nor no: the evidence does not reach.',
    },
    reachWhole: (days) => `The logs reach over the whole time that matters (${of(days, 'day', 'days')}).`,
    reachPart: (covered, days) =>
      `The logs reach over ${covered} of ${of(days, 'day', 'days')} that matter, for the question that they answer least.`,
    reachLittle: (days) =>
      `The logs reach over less than one day of the time that matters (${of(days, 'day', 'days')}), for the question that they answer least.`,
    reachNone: 'No log reaches over a time that matters.',
    gaps: (n) => `${of(n, 'place', 'places')} in the evidence could not be read.`,
    notWhole: 'The evidence could not be read whole.',
    about: (tool, files, bytes, digest) =>
      `Made by Postern ${tool} from ${of(files, 'file', 'files')} (${bytes}); knowledge ${digest}.`,
    period: (period) => `Entries in the evidence: ${period}.`,
    noProduct: 'The evidence shows no sign of Exchange.',
    utc: 'Times are UTC.',
    masked: 'Names of people are replaced by pseudonyms.',
    technical: 'Every statement on this page rests on records that the technical report names one by one.',
  },
  notice: {
    title: 'Notice: access to your mailbox',
    titleAll: 'Notice to everybody with a mailbox',
    blanks: {
      organisation: 'Name and address of the organization',
      recipient: 'Name and address of the recipient',
      date: 'Place and date',
      measures: 'What has been done, and what will be done',
      contact: 'Name, telephone and e-mail of the contact, and of the data protection officer',
      signature: 'Name and signature',
    },
    headings: {
      what: 'What happened',
      facts: 'What is known',
      sure: 'How sure this is',
      unknown: 'What cannot be known',
      consequences: 'What this can mean for you',
      do: 'What you should do now',
      measures: 'What we have done',
      contact: 'Whom you can ask',
    },
    greeting: 'To whom it concerns,',
    what: (subject, entered, mailbox, sure) =>
      sure !== 'possible'
        ? say`An unauthorized person ${entered ? '' : 'probably '}got access to ${the(subject)}. The mailbox ${mailbox} was ${sure === 'certain' ? '' : 'probably '}read in the course of it.`
        : say`An unauthorized person ${entered ? '' : 'probably '}got access to ${the(subject)}. The mailbox ${mailbox} may have been read in the course of it; this is possible, and not certain.`,
    whatAll: (subject, entered, certainty) =>
      certainty === 'possible'
        ? say`An unauthorized person ${entered ? '' : 'probably '}got access to ${the(subject)}. For a time any mailbox on it could have been read. Whether yours was cannot be known.`
        : say`An unauthorized person ${entered ? '' : 'probably '}got access to ${the(subject)}. Whose mail was read, or whether any was, cannot be known.`,
    facts: {
      mailbox: 'Mailbox',
      names: 'Other names of it',
      when: 'When',
      way: 'By which way',
      amount: 'How much',
      sure: 'How sure',
    },
    noWhen: 'not known: no record bears a time',
    noWay: 'not known',
    sure: {
      named: 'Certain: a record of the attack names this mailbox.',
      probable: 'Probable: a record of this mailbox belongs to what was probably the attack.',
      joined: 'Certain: two logs together show that the access was to this mailbox.',
      possible:
        'Possible, not certain: an access like that of the intruders was made at that time; nothing ties it to them for sure. It may have been ordinary use.',
      unknown: 'Not known: no log shows which mailbox it was.',
    },
    unknown: {
      possible: 'Whether the access was the intruders’ or ordinary use.',
      messages: 'Which messages were read: the logs do not record that.',
      'messages-counted': 'Which messages were read: the logs count them, and do not name them.',
      export: 'What the copy held, and where it went.',
      way: 'By which way the mailbox was reached.',
      which: 'Which mailbox it was: the log that would show it is missing for that time.',
      whether: 'Whose mail it was, or whether mail was read at all: no log shows it.',
      end: 'What happened after the end of the evidence, and what was deleted before it was copied.',
    },
    consequences:
      'The person who read the mailbox may know the content of its messages, attachments, contacts and calendar. It can be used for deceptive mail to you or in your name, for blackmail, or to get into other accounts whose passwords are in messages.',
    todo: {
      password: 'Change the password of this account, and everywhere else where you use the same.',
      mistrust:
        'Be wary of messages that refer to former mail: above all where they ask for money, passwords or changed bank details. Ask back by another way.',
      content:
        'Think of what is confidential in your mailbox: passwords, contracts, health and bank data, data of others. Change passwords that messages contain.',
      others: 'Tell us if the mailbox holds personal data of others, so that they can be notified too.',
      rules: 'Look at the rules, forwarding and permissions of your mailbox, and report what you did not set.',
      device: 'Look at the list of mobile devices of your mailbox, and report those that are not yours.',
      report: 'Do not delete anything, and report what seems strange to you to the contact below.',
    },
    maskedName: 'The name is a pseudonym: put the real one in its place before this is sent.',
    fillIn: 'to be filled in',
    none: 'No mailbox is known to have been read, for certain or possibly: no person is to be notified by name.',
    choose: 'Who gets a notice?',
    chosen: (n) => `${of(n, 'notice', 'notices')} chosen`,
    all: 'All',
    fields: 'Fill in what is the same in all letters',
  },
  means: {
    ews: 'through the interface for programs (EWS)',
    mapi: 'through the interface of Outlook (MAPI)',
    owa: 'through Outlook on the web',
    oab: 'through the address book',
    export: 'by a copy of the mailbox in a file',
    download: 'by downloading a file',
    forwarding: 'by forwarding',
    search: 'by a search over mailboxes',
    rights: 'by rights to the mailbox that another account was given',
    mobile: 'by a mobile device',
    database: 'by a copy of the mailbox database',
    application: 'by an application with the right to read mail',
    mailbox: 'by signing in to the mailbox',
    transport: 'by copies made in transport',
    queue: 'by a message taken out of a queue',
    sync: 'by copying whole folders',
    sent: 'by sending in the name of the owner',
    logon: 'by signing in to the mailbox (what was opened is not known)',
    unknown: 'by a way that is not known',
  },
  certainties: { certain: 'certain', probable: 'probable', possible: 'possible', unknown: 'not known' },
  language: 'Language',
  showNames: 'Show the names of mailboxes',
  print: 'Print',
  tools: 'Settings of this page',
}
