import { formats } from '../formats.ts'
import { say } from '../briefing-text.ts'
import type { Count, Subject, Words } from '../briefing.ts'

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
      taken: 'Which mail was accessed, and whose?',
      'still-there': 'Can the attacker return?',
      'not-known': 'What is not known, and why?',
      decide: 'Which decisions are needed now?',
      duties: 'Who may have to be notified, and by when?',
      sure: 'How certain is this?',
      about: 'About this page',
    },
    headline: (subject, headline, sure) => {
      switch (headline) {
        case 'compromised':
          return say`${The(subject)} was ${sure ? '' : 'probably '}compromised.`
        case 'accounts':
          return say`Accounts on ${the(subject)} were ${sure ? '' : 'probably '}compromised.`
        case 'left':
          return say`Something that ${sure ? 'gives' : 'may give'} an attacker access was found on ${the(subject)}.`
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
          return 'The evidence does not show how and when it was installed. Anyone who knows of it can use it.'
        case 'exploited':
          return {
            'no-evidence':
              'No trace of further steps was found: no attacker programs, no planted files, no access to mail.',
            mail: 'No trace of attacker programs or planted files was found. The section on mail is below.',
            'cannot-tell': 'The further steps cannot be determined completely.',
          }[beyond]
        case 'mail':
          return 'The evidence does not completely show how they gained access to it.'
        case 'targeted':
          return beyond !== 'cannot-tell'
            ? 'There is no evidence that they succeeded.'
            : 'Whether they succeeded cannot be determined from this evidence.'
        case 'cannot-tell':
          return {
            lead: 'Something that may let an attacker return has no known owner. The open questions below name it.',
            nothing: 'The evidence contains no dated log that would show it.',
            hours: 'The logs do not cover the whole relevant period.',
            silent: 'These logs would not show it.',
          }[why]
        case 'no-evidence':
          return 'The logs that would have shown it were read for the whole relevant period. This does not prove that nothing happened. Logs can be forged, and an attack can be unknown.'
      }
    },
    door: (name, sure, intrusion) =>
      intrusion
        ? say`The attack vector was ${sure ? '' : 'probably '}${name}.`
        : say`Exploitation of ${name} was ${sure ? '' : 'probably '}attempted.`,
    otherDoor: (alone, intrusion) =>
      alone
        ? `Which vulnerability or account ${intrusion ? 'the attacker used' : 'the attacker tried'} is not known.`
        : 'Further traces belong to none of the known campaigns.',
    hole: (hole, fixedAt, tooLate) => {
      switch (hole) {
        case 'open':
          return 'This vulnerability was still open when the evidence ended.'
        case 'mitigated':
          return 'When the evidence ended, it was mitigated, but not fixed.'
        case 'unknown':
          return 'The evidence does not show whether this vulnerability is fixed.'
        case 'fixed':
          return `It ${fixedAt === null ? 'is fixed' : `was fixed no later than ${fixedAt}`}.${tooLate ? ' That was after the first traces of the attacker. The fix removes nothing that the attacker left.' : ''}`
      }
    },
    firstTrace: (moment) => `First seen: ${moment}.`,
    firstAndLast: (first, last) => `First seen: ${first}. Last seen: ${last}.`,
    noTime: 'The time is not known: no trace of it has a time.',
    inexact: 'Some of these times are inexact by up to 14 hours, because the server’s time zone is not known.',
    stepsIntro: 'Steps of the attack in order of time:',
    steps: {
      recon: 'The attacker explored the server from outside.',
      attempt: 'The attacker tried to exploit a vulnerability.',
      guessing: 'The attacker guessed passwords.',
      access: 'The attacker bypassed the logon.',
      write: 'The attacker wrote a file or changed a setting.',
      shell: 'The attacker had a hidden page on the server that runs commands (a web shell).',
      execution: 'The attacker ran programs on it.',
      credentials: 'The attacker took passwords or keys.',
      account: 'The attacker used a stolen account.',
      persistence: 'The attacker established persistence.',
      collection: 'The attacker read or collected mail.',
      exfiltration: 'The attacker exfiltrated data.',
      cleanup: 'The attacker removed traces.',
    },
    step: (step, sure, when) => `${when === null ? '' : `${when}: `}${sure ? '' : '(probably) '}${step}`,
    actor: (actor, words) => say`Attribution: ${actor} (${words}).`,
    noActor: 'This evidence does not support attribution.',
    asked: (vulnerabilities) =>
      `Assessed: ${of(vulnerabilities, 'known vulnerability', 'known vulnerabilities')}, and traces of attacks by any other way.`,
    exposed: (is) =>
      ({
        yes: 'It ran a vulnerable version in that period.',
        likely: 'It probably ran a vulnerable version in that period.',
        'no-evidence': 'No version with one of these vulnerabilities was found on it.',
        'cannot-tell': 'Whether it had one of these vulnerabilities cannot be determined.',
      })[is],
    openHoles: (open, used) =>
      `${of(open, 'known vulnerability was', 'known vulnerabilities were')} open when the evidence ended${used.n === 0 ? '' : `; ${open.n === 1 ? 'it is' : used.n >= open.n ? 'all of them are' : `${used.is} of them ${used.n === 1 ? 'is' : 'are'}`} known to be exploited`}.`,
    supportEnded: (product, end) =>
      `Regular security updates for ${product} ended on ${end}. The server must be replaced.`,
    supportEnds: (product, end) => `Regular security updates for ${product} are available until ${end}.`,
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
        ? `For ${of(possible, 'more mailbox', 'more mailboxes')}, it is possible.`
        : `For ${of(possible, 'mailbox', 'mailboxes')}, it is possible.`,
    mailAny: (when, more) =>
      `${when === null ? 'For a period' : `In this period (${when})`}, any mailbox may ${more ? 'also ' : ''}have been read, because the log that would show it is missing.`,
    mailUnknown: (more) =>
      more ? 'Other affected mailboxes cannot be determined.' : 'The affected mailboxes cannot be determined.',
    secrets: (sure, beside) =>
      sure
        ? `${beside ? 'Passwords or keys were also taken' : 'Passwords or keys were taken'}. Treat all passwords and keys on the server as known to the attacker.`
        : `Passwords or keys were probably ${beside ? 'also ' : ''}taken. Treat those on the server as known to the attacker.`,
    amounts: {
      when: 'When',
      ways: 'Access method',
      amount: 'Amount',
      requests: (n) => of(n, 'access', 'accesses'),
      bytes: (bytes) => `${bytes} sent out`,
      items: (n) => `${of(n, 'item', 'items')} requested individually`,
      noSize: 'size not recorded',
    },
    names: { mailbox: 'Mailbox', sure: 'Certainty', when: 'When', amount: 'Amount' },
    namesLeftOut: 'The names are in the technical report and in the notices to the people concerned.',
    still: (is, end) => {
      const at = end === null ? 'at the end of the evidence' : `on ${end}, when the evidence ended`
      return {
        yes: `Yes: attacker persistence was still present ${at}.`,
        likely: `Probably: suspected attacker persistence was present ${at}.`,
        'no-evidence': `No attacker persistence was found ${at}.`,
        'cannot-tell': 'This cannot be determined, because the evidence is incomplete.',
        unclear: `Something of this kind was still present ${at}. Whether it lets the attacker return, and whether there is more, cannot be determined.`,
        'not-asked': 'This was not examined.',
      }[is]
    },
    left: {
      'web-shell': (n) =>
        of(n, 'web shell (hidden page that runs commands)', 'web shells (hidden pages that run commands)'),
      vdir: (n) => of(n, 'changed virtual directory', 'changed virtual directories'),
      'iis-module': (n) => of(n, 'web server module (IIS)', 'web server modules (IIS)'),
      'transport-agent': (n) => of(n, 'mail transport agent', 'mail transport agents'),
      task: (n) => of(n, 'scheduled task', 'scheduled tasks'),
      service: (n) => of(n, 'service', 'services'),
      startup: (n) => of(n, 'startup entry', 'startup entries'),
      account: (n) => of(n, 'user account or right', 'user accounts or rights'),
      forwarding: (n) => of(n, 'mail forwarding', 'mail forwardings'),
      'inbox-rule': (n) => of(n, 'inbox rule', 'inbox rules'),
      keys: (n) => of(n, 'trace of stolen keys', 'traces of stolen keys'),
    },
    states: {
      present: 'present at the end of the evidence',
      'was-there': 'present earlier, not at the end',
      'requested-after-removal': 'removed, and requested from outside afterwards',
      unknown: 'unknown whether still present',
    },
    leftItem: (what, state) => `${what}: ${state}`,
    leftNot: 'A security update fixes the vulnerability. It does not remove these.',
    open: {
      exposed: 'Whether it was vulnerable',
      targeted: 'Whether an attacker tried to get in',
      exploited: 'Whether a vulnerability was exploited',
      compromised: 'Whether it was compromised',
      'mail-taken': 'Whether mail was read or taken',
      'still-there': 'Whether the attacker can return',
    },
    openWhy: (why, covered, days) =>
      ({
        hours: `the logs cover ${covered} of ${of(days, 'relevant day', 'relevant days')}`,
        none: `no log covers the relevant period (${of(days, 'day', 'days')})`,
        little: `the logs cover less than one day of the relevant period (${of(days, 'day', 'days')})`,
        state: 'the evidence does not contain the complete state of the system at the end',
        silent: 'no log in this evidence shows it',
      })[why],
    openItem: (what, why) => `${what}: ${why}.`,
    openMessages: 'Which messages were read: these logs do not record it.',
    openWho: 'Some of the affected mailboxes: no log in this evidence shows them.',
    openAfter: (end) => `What happened after ${end}: the evidence ends there.`,
    openBefore: 'Anything that was deleted before the evidence was copied.',
    openSettle: 'For each question, the technical report names the logs that would answer it.',
    noActions: 'No finding requires a decision.',
    decideOpen: (open) => `Whether to collect the missing logs: ${of(open, 'question is', 'questions are')} open.`,
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
          '4 hours after it is classified as major, at most 24 hours. Intermediate report: 72 hours. Final report: one month after',
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
        tell: 'the individuals and HHS; the media if 500 or more people of one state are affected',
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
      'Facts, not legal advice. Which of these duties apply depends on the law and your contracts. Laws change. Deadlines run from awareness, not from the attack.',
    dutiesHead: ['Law', 'Applies to', 'To be notified', 'Within'],
    dutyClock: (within, from) => `${within}, from ${from}`,
    restsOn: (what) => say`The verdict rests on: ${what}.`,
    rest: (what, signs) => say`${what}${signs.length === 0 ? '' : ` (${signs.join(', ')})`}`,
    notSettled: (what, asks) => say`${what}: ${asks}`,
    beyondLogs: (campaign, period) => say`${campaign}, ${period}: no logs for this period.`,
    certain: {
      yes: 'Certain: the signs are of different kinds or conclusive, and nothing in the evidence explains them.',
      likely: 'Probable: the signs outweigh the explanations. A further sign of another kind would make it certain.',
      'no-evidence':
        '“No evidence” means that the logs that would show it were read completely, and none shows it. It does not mean that nothing happened.',
      'cannot-tell': 'There is no answer, neither yes nor no, because the evidence is not sufficient.',
    },
    reachWhole: (days) => `The logs cover the whole relevant period (${of(days, 'day', 'days')}).`,
    reachPart: (covered, days) =>
      `For the question with the least coverage, the logs cover ${covered} of ${of(days, 'relevant day', 'relevant days')}.`,
    reachLittle: (days) =>
      `For the question with the least coverage, the logs cover less than one day. The relevant period is ${of(days, 'day', 'days')}.`,
    reachNone: 'No log covers a relevant period.',
    gaps: (n) => `${of(n, 'part', 'parts')} of the evidence could not be read.`,
    notWhole: 'The evidence could not be read completely.',
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
    titleAll: 'Notice to all mailbox owners',
    blanks: {
      organization: 'Name and address of the organization',
      recipient: 'Name and address of the recipient',
      date: 'Place and date',
      measures: 'Measures taken and planned',
      contact: 'Name, telephone and e-mail of the contact, and of the data protection officer',
      signature: 'Name and signature',
    },
    headings: {
      what: 'What happened',
      facts: 'What is known',
      sure: 'Certainty',
      unknown: 'What cannot be determined',
      consequences: 'What this can mean for you',
      do: 'What you should do now',
      measures: 'What we have done',
      contact: 'Contact',
    },
    greeting: 'To whom it concerns,',
    what: (subject, entered, mailbox, sure) =>
      sure !== 'possible'
        ? say`An unauthorized person ${entered ? '' : 'probably '}gained access to ${the(subject)}. In this incident, the mailbox ${mailbox} was ${sure === 'certain' ? '' : 'probably '}read.`
        : say`An unauthorized person ${entered ? '' : 'probably '}gained access to ${the(subject)}. In this incident, the mailbox ${mailbox} may have been read. This is possible, but not certain.`,
    whatAll: (subject, entered, certainty) =>
      certainty === 'possible'
        ? say`An unauthorized person ${entered ? '' : 'probably '}gained access to ${the(subject)}. For a period, any mailbox on it could have been read. Whether yours was read cannot be determined.`
        : say`An unauthorized person ${entered ? '' : 'probably '}gained access to ${the(subject)}. Whose mail was read, or whether any was read, cannot be determined.`,
    facts: {
      mailbox: 'Mailbox',
      names: 'Other names',
      when: 'When',
      way: 'Access method',
      amount: 'Amount',
      sure: 'Certainty',
    },
    noWhen: 'not known: no record has a time',
    noWay: 'not known',
    sure: {
      named: 'Certain: a record of the attack names this mailbox.',
      probable: 'Probable: a record of this mailbox belongs to what was probably the attack.',
      joined: 'Certain: two logs together show that the access was to this mailbox.',
      possible:
        'Possible, not certain: a similar access was made at the time of the attack, but nothing links it to the attacker for certain. It may have been ordinary use.',
      unknown: 'Not known: no log shows which mailbox it was.',
    },
    unknown: {
      possible: 'Whether the access was the attacker’s or ordinary use.',
      messages: 'Which messages were read: the logs do not record it.',
      'messages-counted': 'Which messages were read: the logs count them but do not name them.',
      export: 'The content of the copy, and where it was sent.',
      way: 'How the mailbox was accessed.',
      which: 'Which mailbox it was: the log that would show it is missing for that period.',
      whether: 'Whose mail was read, or whether any was read: no log shows it.',
      end: 'Events after the end of the evidence, and anything deleted before it was copied.',
    },
    consequences:
      'The person who read the mailbox may know the content of its messages, attachments, contacts and calendar. It can be used for fraudulent mail to you or in your name, or for blackmail. Passwords in messages can give access to other accounts.',
    todo: {
      password: 'Change the password of this account, and of every other account with the same password.',
      mistrust:
        'Be careful with messages that refer to earlier mail, especially if they ask for money, passwords or changed bank details. Verify them by telephone or in person.',
      content:
        'Consider which confidential data your mailbox contains: passwords, contracts, health and bank data, data of other people. Change passwords that messages contain.',
      others: 'Inform us if the mailbox contains personal data of other people, so that they can also be notified.',
      rules: 'Check the rules, forwarding and permissions of your mailbox, and report any that you did not set.',
      device: 'Check the mobile devices of your mailbox, and report any that are not yours.',
      report: 'Do not delete anything. Report anything unusual to the contact below.',
    },
    maskedName: 'The name is a pseudonym. Replace it with the real name before you send this notice.',
    fillIn: 'to be filled in',
    none: 'No mailbox is known to have been read, for certain or possibly. There is no person to notify by name.',
    choose: 'Who gets a notice?',
    chosen: (n) => `${of(n, 'notice', 'notices')} chosen`,
    all: 'All',
    fields: 'Fields that are the same in all notices',
  },
  means: {
    ews: 'through Exchange Web Services (EWS)',
    mapi: 'through the Outlook protocol (MAPI)',
    owa: 'through Outlook on the web',
    oab: 'through the address book',
    export: 'by a copy of the mailbox in a file',
    download: 'by downloading a file',
    forwarding: 'by forwarding',
    search: 'by a mailbox search',
    rights: 'by delegate access of another account',
    mobile: 'by a mobile device',
    database: 'by a copy of the mailbox database',
    application: 'by an application with the right to read mail',
    mailbox: 'by signing in to the mailbox',
    transport: 'by copies made in transport',
    queue: 'by a message copied from a queue',
    sync: 'by copying whole folders',
    sent: 'by sending mail as the owner',
    logon: 'by signing in to the mailbox (what was opened is not known)',
    unknown: 'method unknown',
  },
  certainties: { certain: 'certain', probable: 'probable', possible: 'possible', unknown: 'not known' },
  language: 'Language',
  showNames: 'Show the names of mailboxes',
  print: 'Print',
  tools: 'Page settings',
}
