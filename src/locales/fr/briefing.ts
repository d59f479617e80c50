import { formats } from '../formats.ts'
import { say } from '../briefing-text.ts'
import type { Count, Subject, Words } from '../briefing.ts'

const { plural } = formats.fr
const of = ({ n, is }: Count, one: string, many: string): string => `${is} ${plural(n, one, many)}`
const noun = ({ kind }: Subject) => (kind === 'server' ? 'serveur de messagerie' : 'locataire Microsoft 365')
/** Le serveur de messagerie MAIL01, en tête, seul, et avec « de ». */
const The = (subject: Subject) => say`Le ${noun(subject)} ${subject.name}`
const the = (subject: Subject) => say`le ${noun(subject)} ${subject.name}`
const ofThe = (subject: Subject) => say`du ${noun(subject)} ${subject.name}`

export const fr: Words = {
  between: ' ',
  comma: ', ',
  management: {
    title: 'Rapport à l’intention de la direction',
    headings: {
      happened: 'Que s’est-il passé ?',
      taken: 'Qu’est-ce qui a été dérobé, et à qui ?',
      'still-there': 'Peuvent-ils revenir ?',
      'not-known': 'Qu’est-ce qui n’est pas connu, et pourquoi ?',
      decide: 'Que faut-il décider maintenant ?',
      duties: 'Qui faut-il peut-être informer, et dans quel délai ?',
      sure: 'Avec quelle certitude ?',
      about: 'À propos de cette page',
    },
    headline: (subject, headline, sure) => {
      const probably = sure ? '' : 'probablement '
      switch (headline) {
        case 'compromised':
          return say`${The(subject)} a ${probably}été compromis.`
        case 'accounts':
          return say`Des comptes sur ${the(subject)} ont ${probably}été compromis.`
        case 'left':
          return say`Un élément qui ${sure ? 'permet' : 'pourrait permettre'} à des attaquants d’entrer a été trouvé sur ${the(subject)}.`
        case 'exploited':
          return say`Des attaquants ont ${probably}exploité une vulnérabilité ${ofThe(subject)}.`
        case 'mail':
          return say`Des courriels ${ofThe(subject)} ont ${probably}été dérobés.`
        case 'targeted':
          return say`Quelqu’un a ${probably}tenté de pénétrer dans ${the(subject)}.`
        case 'cannot-tell':
          return say`Il est impossible de dire si quelqu’un a pénétré dans ${the(subject)}.`
        case 'no-evidence':
          return say`Aucune trace d’attaque contre ${the(subject)} n’a été trouvée.`
      }
    },
    lead: (headline, sure, kind, beyond, why) => {
      switch (headline) {
        case 'compromised':
          if (!sure)
            return 'Des indices montrent que quelqu’un s’est introduit sans autorisation et a pris le contrôle. Un autre indice, d’une autre nature, lèverait le doute.'
          return kind === 'server'
            ? 'Quelqu’un s’est introduit sans autorisation et a pris le contrôle du serveur : il y a exécuté ses programmes, y a déposé quelque chose, ou a dérobé des mots de passe ou des clés.'
            : 'Quelqu’un s’est introduit sans autorisation et a pris le contrôle de comptes, de droits ou de réglages.'
        case 'accounts':
          return sure
            ? 'Quelqu’un a utilisé sans autorisation des comptes de messagerie de l’organisation. Rien de ce qui a été trouvé ne montre une prise de contrôle du serveur lui-même.'
            : 'Des indices montrent que quelqu’un a utilisé sans autorisation des comptes de messagerie de l’organisation. Un autre indice, d’une autre nature, lèverait le doute.'
        case 'left':
          return 'Ces éléments de preuve ne disent ni comment ni quand il y est arrivé. Quiconque en connaît l’existence peut s’en servir.'
        case 'exploited':
          return {
            'no-evidence':
              'Rien n’indique qu’ils soient allés plus loin : aucune trace de programmes exécutés, de dépôt ni de courriels dérobés.',
            mail: 'Aucune trace de programmes exécutés ni de dépôt n’a été trouvée. Ce que l’on sait des courriels est dit plus bas.',
            'cannot-tell': 'Jusqu’où ils sont allés ensuite n’est pas entièrement connu.',
          }[beyond]
        case 'mail':
          return 'Ces éléments de preuve ne disent pas entièrement comment ils y ont eu accès.'
        case 'targeted':
          return beyond !== 'cannot-tell'
            ? 'Rien n’indique que la tentative ait réussi.'
            : 'Ces éléments de preuve ne permettent pas de dire si la tentative a réussi.'
        case 'cannot-tell':
          return {
            lead: 'Un élément qui peut permettre à un attaquant de revenir n’a pas de propriétaire connu. Les points ouverts ci-dessous le nomment.',
            nothing: 'Les éléments de preuve ne contiennent aucun journal daté qui le montrerait.',
            hours: 'Les journaux ne couvrent pas toute la période qui compte.',
            silent: 'Ces journaux ne le montreraient pas.',
          }[why]
        case 'no-evidence':
          return 'Les journaux qui auraient montré une attaque ont été lus pour toute la période qui compte. Cela ne prouve pas qu’il ne s’est rien passé : un journal peut être falsifié, et une attaque peut être inconnue.'
      }
    },
    door: (name, sure, intrusion) =>
      intrusion
        ? say`Ils sont ${sure ? '' : 'probablement '}entrés par cette faille : ${name}.`
        : say`La faille ${sure ? '' : 'probablement '}visée : ${name}.`,
    otherDoor: (alone, intrusion) =>
      alone
        ? intrusion
          ? 'On ne sait pas par quelle voie ils sont entrés.'
          : 'On ne sait pas quelle voie a été tentée.'
        : 'D’autres traces ne correspondent à aucune des failles connues.',
    hole: (hole, fixedAt, tooLate) => {
      switch (hole) {
        case 'open':
          return 'Cette faille était encore ouverte à la fin des éléments de preuve.'
        case 'mitigated':
          return 'À la fin des éléments de preuve, une mesure de contournement est en place ; la faille n’est pas corrigée.'
        case 'unknown':
          return 'Les éléments de preuve ne disent pas si cette faille est corrigée.'
        case 'fixed':
          return `Elle est corrigée${fixedAt === null ? '' : ` depuis le ${fixedAt} au plus tard`}.${tooLate ? ' C’était après les premières traces des attaquants, et la correction n’élimine rien de ce qu’ils ont laissé.' : ''}`
      }
    },
    firstTrace: (moment) => `Première trace : ${moment}.`,
    firstAndLast: (first, last) => `Première trace : ${first}. Dernière trace : ${last}.`,
    noTime: 'La date n’est pas connue : aucune trace ne porte d’heure.',
    inexact:
      'Certaines de ces heures sont inexactes, de 14 heures au plus, car le fuseau horaire du serveur n’est pas connu.',
    stepsIntro: 'Ce qui en a été trouvé, dans l’ordre chronologique :',
    steps: {
      recon: 'Ils ont observé le système de l’extérieur.',
      attempt: 'Ils ont essayé une vulnérabilité.',
      guessing: 'Ils ont essayé des mots de passe.',
      access: 'Ils ont contourné l’authentification.',
      write: 'Ils ont écrit un fichier ou modifié un réglage.',
      shell:
        'Ils disposaient sur le serveur d’une page cachée qui reçoit leurs ordres (un webshell, c’est-à-dire une porte dérobée).',
      execution: 'Ils y ont exécuté des programmes.',
      credentials: 'Ils ont dérobé des mots de passe ou des clés.',
      account: 'Ils ont utilisé le compte d’une autre personne.',
      persistence: 'Ils se sont ménagé un accès durable (persistance).',
      collection: 'Ils ont lu ou rassemblé des courriels.',
      exfiltration: 'Ils ont exfiltré des données.',
      cleanup: 'Ils ont effacé des traces.',
    },
    step: (step, sure, when) => `${when === null ? '' : `${when} : `}${sure ? '' : '(probable) '}${step}`,
    actor: (actor, words) => say`Qui c’était : ${actor} (${likelihoods[words]}).`,
    noActor: 'Ces éléments de preuve ne permettent pas de dire qui c’était.',
    asked: (vulnerabilities) =>
      `La recherche a porté sur ${of(vulnerabilities, 'vulnérabilité connue', 'vulnérabilités connues')} et sur des traces d’attaquants par toute autre voie.`,
    exposed: (is) =>
      ({
        yes: 'Une version présentant une vulnérabilité connue y fonctionnait à cette période.',
        likely: 'Une version présentant une vulnérabilité connue y fonctionnait probablement à cette période.',
        'no-evidence': 'Aucune version présentant l’une de ces vulnérabilités n’y a été vue.',
        'cannot-tell': 'On ne sait pas si l’une de ces vulnérabilités y était présente.',
      })[is],
    openHoles: (open, used) =>
      `${of(open, 'vulnérabilité connue était ouverte', 'vulnérabilités connues étaient ouvertes')} à la fin des éléments de preuve${used.n === 0 ? '' : ` ; ${open.n === 1 ? 'elle est exploitée' : used.n >= open.n ? 'toutes sont exploitées' : `${used.is} d’entre elles ${plural(used.n, 'est exploitée', 'sont exploitées')}`} par des attaquants, à ce que l’on sait`}.`,
    supportEnded: (product, end) =>
      `Les mises à jour de sécurité régulières de ${product} ont cessé le ${end} : le serveur doit être remplacé.`,
    supportEnds: (product, end) =>
      `Les mises à jour de sécurité régulières de ${product} sont publiées jusqu’au ${end}.`,
    mailTaken: (is, certain) =>
      certain.n === 0
        ? `Des courriels ont ${is === 'yes' ? '' : 'probablement '}été lus ou dérobés.`
        : `Les courriels ${certain.n === 1 ? 'd’une boîte aux lettres' : `de ${certain.is} boîtes aux lettres`} ont ${is === 'yes' ? '' : 'probablement '}été lus ou dérobés.`,
    mailNot: (is) =>
      ({
        'no-evidence': 'Rien n’indique que des courriels aient été lus ou dérobés.',
        'cannot-tell': 'Ces éléments de preuve ne permettent pas de dire si des courriels ont été lus ou dérobés.',
        'not-asked': 'La question de savoir si des courriels ont été lus ou dérobés n’a pas été examinée.',
      })[is],
    mailPossible: (possible, more) =>
      more
        ? `Pour ${of(possible, 'autre boîte aux lettres', 'autres boîtes aux lettres')}, c’est possible.`
        : `Pour ${of(possible, 'boîte aux lettres', 'boîtes aux lettres')}, c’est possible.`,
    mailAny: (when, more) =>
      `${when === null ? 'Pendant un temps' : `Pendant cette période (${when})`}, il peut ${more ? 'aussi ' : ''}s’agir de n’importe quelle boîte aux lettres : le journal qui le dirait manque.`,
    mailUnknown: (more) =>
      more
        ? 'On ne peut pas savoir à qui d’autre ils appartenaient.'
        : 'On ne peut pas savoir à qui ils appartenaient.',
    secrets: (sure, beside) =>
      sure
        ? `Des mots de passe ou des clés ont ${beside ? 'aussi ' : ''}été dérobés : tous ceux que détenait le serveur sont réputés connus des attaquants.`
        : `Des mots de passe ou des clés ont probablement ${beside ? 'aussi ' : ''}été dérobés : ceux que détenait le serveur sont à considérer comme connus des attaquants.`,
    amounts: {
      when: 'Quand',
      ways: 'Par quelle voie',
      amount: 'Combien',
      requests: (n) => of(n, 'accès', 'accès'),
      bytes: (bytes) => `${bytes} transmis`,
      items: (n) => of(n, 'élément demandé individuellement', 'éléments demandés individuellement'),
      noSize: 'taille non enregistrée',
    },
    names: { mailbox: 'Boîte aux lettres', sure: 'Certitude', when: 'Quand', amount: 'Combien' },
    namesLeftOut: 'Les noms figurent dans le rapport technique et dans les avis aux personnes concernées.',
    still: (is, end) => {
      const at = end === null ? 'à la fin des éléments de preuve' : `le ${end}, à la fin des éléments de preuve`
      return {
        yes: `Oui : un élément qui leur permet de revenir était encore là ${at}.`,
        likely: `Probablement : un élément qui pourrait leur permettre de revenir était là ${at}.`,
        'no-evidence': `Rien qui leur permettrait de revenir n’y a été trouvé ${at}.`,
        'cannot-tell': 'On ne peut pas le dire : les éléments de preuve ne contiennent pas tout ce qui le montrerait.',
        unclear: `Un élément de ce genre était encore là ${at}. S’il leur permet de revenir, et s’il y en a d’autres, on ne peut pas le dire.`,
        'not-asked': 'Cela n’a pas été examiné.',
      }[is]
    },
    left: {
      'web-shell': (n) =>
        of(n, 'page cachée qui reçoit des ordres (webshell)', 'pages cachées qui reçoivent des ordres (webshells)'),
      vdir: (n) => of(n, 'réglage modifié d’une adresse web', 'réglages modifiés d’adresses web'),
      'iis-module': (n) => of(n, 'module dans le serveur web', 'modules dans le serveur web'),
      'transport-agent': (n) => of(n, 'module dans le flux de messagerie', 'modules dans le flux de messagerie'),
      task: (n) => of(n, 'tâche planifiée', 'tâches planifiées'),
      service: (n) => of(n, 'service', 'services'),
      startup: (n) => of(n, 'élément lancé au démarrage', 'éléments lancés au démarrage'),
      account: (n) => of(n, 'compte ou droit d’utilisateur', 'comptes ou droits d’utilisateur'),
      forwarding: (n) => of(n, 'transfert de courriels', 'transferts de courriels'),
      'inbox-rule': (n) => of(n, 'règle de boîte de réception', 'règles de boîte de réception'),
      keys: (n) => of(n, 'trace de clés dérobées', 'traces de clés dérobées'),
    },
    states: {
      present: 'toujours en place',
      'was-there': 'en place auparavant, sans trace récente',
      'requested-after-removal': 'retrait effectué, mais toujours des demandes de l’extérieur',
      unknown: 'on ne sait pas s’il y en a encore',
    },
    leftItem: (what, state) => `${what} : ${state}`,
    leftNot: 'Une mise à jour de sécurité corrige la faille ; elle n’élimine rien de tout cela.',
    open: {
      exposed: 'Si la vulnérabilité y était ouverte',
      targeted: 'Si quelqu’un a tenté d’entrer',
      exploited: 'Si quelqu’un a exploité une vulnérabilité',
      compromised: 'Si quelqu’un a pris le contrôle',
      'mail-taken': 'Si des courriels ont été lus ou dérobés',
      'still-there': 'S’il reste quelque chose qui leur permette de revenir',
    },
    openWhy: (why, covered, days) =>
      ({
        hours: `les journaux couvrent ${covered} sur ${of(days, 'jour qui compte', 'jours qui comptent')}`,
        none: 'aucun journal ne couvre la période qui compte',
        little: `les journaux couvrent moins d’un jour de la période qui compte (${of(days, 'jour', 'jours')})`,
        state: 'l’état du système à la fin n’est pas entièrement dans les éléments de preuve',
        silent: 'aucun journal de ces éléments de preuve ne le montre',
      })[why],
    openItem: (what, why) => `${what} : ${why}.`,
    openMessages: 'Quels messages ont été lus : ces journaux ne l’enregistrent jamais.',
    openWho: 'À qui appartenait une partie des courriels : aucun journal de ces éléments de preuve ne le dit.',
    openAfter: (end) => `Ce qui s’est passé après le ${end} : les éléments de preuve s’arrêtent là.`,
    openBefore: 'Ce qui a été supprimé avant la copie des éléments de preuve.',
    openSettle: 'Le rapport technique indique, pour chaque question, quel journal y répondrait.',
    noActions: 'Rien de ce qui a été trouvé n’appelle de décision.',
    decideOpen: (open) =>
      `Faut-il réunir les journaux manquants ? ${of(open, 'question reste ouverte', 'questions restent ouvertes')}.`,
    duties: {
      'gdpr-33': {
        law: 'RGPD article 33 (UE)',
        binds: 'responsables de traitement',
        tell: 'autorité de contrôle',
        within: '72 heures',
        from: 'la connaissance de la violation',
      },
      'gdpr-34': {
        law: 'RGPD article 34 (UE)',
        binds: 'responsables de traitement',
        tell: 'les personnes concernées',
        within: 'dans les meilleurs délais',
        from: 'la connaissance d’un risque élevé pour elles',
      },
      'uk-gdpr-33': {
        law: 'UK GDPR article 33',
        binds: 'responsables de traitement au Royaume-Uni',
        tell: 'Information Commissioner’s Office',
        within: '72 heures',
        from: 'la connaissance de la violation',
      },
      'nis2-23': {
        law: 'Directive NIS 2 article 23 (UE)',
        binds: 'entités essentielles et importantes',
        tell: 'CSIRT ou autorité compétente',
        within: '24 heures pour l’alerte précoce, 72 heures pour la notification, rapport final un mois après',
        from: 'la connaissance de l’incident important',
      },
      'dora-19': {
        law: 'DORA article 19 (UE)',
        binds: 'entités financières',
        tell: 'autorité compétente',
        within:
          '4 heures après le classement comme majeur, 24 heures au plus ; rapport intermédiaire à 72 heures, rapport final un mois après',
        from: 'la connaissance de l’incident',
      },
      'sec-8k': {
        law: 'Form 8-K Item 1.05 (États-Unis)',
        binds: 'sociétés enregistrées auprès de la SEC',
        tell: 'le public',
        within: '4 jours ouvrés',
        from: 'la constatation que l’incident est significatif',
      },
      hipaa: {
        law: 'HIPAA, 45 CFR 164.404 à 164.410 (États-Unis)',
        binds: 'organismes de santé et leurs sous-traitants',
        tell: 'les personnes et le HHS ; les médias à partir de 500 personnes d’un même État',
        within: '60 jours calendaires au plus tard',
        from: 'la découverte de la violation',
      },
      'us-banks': {
        law: '12 CFR 53, 225 et 304 (États-Unis)',
        binds: 'banques',
        tell: 'autorité fédérale de tutelle',
        within: '36 heures',
        from: 'la constatation d’un incident à notifier',
      },
      'nydfs-500-17': {
        law: '23 NYCRR 500.17 (New York)',
        binds: 'entités agréées par le Department of Financial Services',
        tell: 'le superintendant',
        within: '72 heures ; 24 heures après le paiement d’une rançon',
        from: 'la constatation d’un incident',
      },
      'dfars-7012': {
        law: 'DFARS 252.204-7012 (États-Unis)',
        binds: 'titulaires de marchés de défense détenant des informations protégées',
        tell: 'ministère de la Défense',
        within: '72 heures',
        from: 'la découverte de l’incident',
      },
      'cert-in': {
        law: 'Directives CERT-In du 28 avril 2022 (Inde)',
        binds: 'fournisseurs de services, centres de données, entreprises et administrations',
        tell: 'CERT-In',
        within: '6 heures',
        from: 'la constatation de l’incident ou son signalement',
      },
      'soci-2b': {
        law: 'Security of Critical Infrastructure Act, partie 2B (Australie)',
        binds: 'responsables d’infrastructures critiques',
        tell: 'Australian Signals Directorate',
        within: '12 heures si la disponibilité est gravement touchée, sinon 72 heures',
        from: 'la connaissance de l’incident',
      },
      'ch-isg': {
        law: 'Loi sur la sécurité de l’information article 74a (Suisse)',
        binds: 'exploitants d’infrastructures critiques et autorités',
        tell: 'OFCS',
        within: '24 heures',
        from: 'la découverte de la cyberattaque',
      },
      'br-lgpd-48': {
        law: 'LGPD article 48 (Brésil)',
        binds: 'responsables de traitement',
        tell: 'ANPD et les personnes concernées',
        within: '3 jours ouvrés',
        from: 'la connaissance que des données personnelles sont concernées',
      },
      'jp-appi-26': {
        law: 'Loi sur la protection des informations personnelles article 26 (Japon)',
        binds: 'entreprises qui traitent des informations personnelles',
        tell: 'Commission de protection des informations personnelles et les personnes concernées',
        within: 'rapidement ; rapport final sous 60 jours',
        from: 'la connaissance de la violation',
      },
    },
    dutiesIntro:
      'Des faits, et non un conseil juridique. La loi et vos contrats disent lesquelles vous obligent ; les lois changent. Les délais courent à partir de votre connaissance des faits, et non de l’attaque.',
    dutiesHead: ['Texte', 'S’applique à', 'À informer', 'Délai'],
    dutyClock: (within, from) => `${within}, à partir de : ${from}`,
    restsOn: (what) => say`Le verdict repose sur : ${what}.`,
    rest: (what, signs) => say`${what}${signs.length === 0 ? '' : ` (${signs.join(', ')})`}`,
    notSettled: (what, asks) => say`${what} : ${asks}`,
    beyondLogs: (campaign, period) => say`${campaign}, ${period} : aucun journal de cette période.`,
    certain: {
      yes: 'Certain : les indices sont de plusieurs natures ou hors de doute, et rien dans les preuves ne les explique.',
      likely:
        'Probable : les indices l’emportent sur ce qui les explique. Un autre indice, d’une autre nature, lèverait le doute.',
      'no-evidence':
        '« Aucune trace » signifie : les journaux qui le montreraient ont été lus entièrement, et aucun ne le montre. Cela ne signifie pas qu’il ne s’est rien passé.',
      'cannot-tell': 'Il n’y a pas de réponse, ni oui ni non : les éléments de preuve ne suffisent pas.',
    },
    reachWhole: (days) => `Les journaux couvrent toute la période qui compte (${of(days, 'jour', 'jours')}).`,
    reachPart: (covered, days) =>
      `Les journaux couvrent ${covered} sur ${of(days, 'jour', 'jours')} qui comptent, pour la question à laquelle ils répondent le moins.`,
    reachLittle: (days) =>
      `Les journaux couvrent moins d’un jour de la période qui compte (${of(days, 'jour', 'jours')}), pour la question à laquelle ils répondent le moins.`,
    reachNone: 'Aucun journal ne couvre une période qui compte.',
    gaps: (n) =>
      `${of(n, 'endroit des éléments de preuve n’a pas pu être lu', 'endroits des éléments de preuve n’ont pas pu être lus')}.`,
    notWhole: 'Les éléments de preuve n’ont pas pu être lus en entier.',
    about: (tool, files, bytes, digest) =>
      `Établi par Postern ${tool} à partir de ${of(files, 'fichier', 'fichiers')} (${bytes}) ; connaissances ${digest}.`,
    period: (period) => `Entrées dans les éléments de preuve : ${period}.`,
    noProduct: 'Les éléments de preuve ne montrent aucun signe d’Exchange.',
    utc: 'Les heures sont en UTC.',
    masked: 'Les noms de personnes sont remplacés par des pseudonymes.',
    technical:
      'Chaque affirmation de cette page repose sur des enregistrements que le rapport technique cite un par un.',
  },
  notice: {
    title: 'Avis : accès à votre boîte aux lettres',
    titleAll: 'Avis à toute personne ayant une boîte aux lettres',
    blanks: {
      organization: 'Nom et adresse de l’organisation',
      recipient: 'Nom et adresse du destinataire',
      date: 'Lieu et date',
      measures: 'Ce qui a été fait et ce qui va l’être',
      contact: 'Nom, téléphone et courriel du contact et du délégué à la protection des données',
      signature: 'Nom et signature',
    },
    headings: {
      what: 'Ce qui s’est passé',
      facts: 'Ce qui est connu',
      sure: 'Avec quelle certitude',
      unknown: 'Ce qui ne peut pas être connu',
      consequences: 'Ce que cela peut signifier pour vous',
      do: 'Ce que vous devriez faire maintenant',
      measures: 'Ce que nous avons fait',
      contact: 'À qui vous adresser',
    },
    greeting: 'Madame, Monsieur,',
    what: (subject, entered, mailbox, sure) =>
      sure !== 'possible'
        ? say`Quelqu’un a ${entered ? '' : 'probablement '}accédé sans autorisation à notre messagerie (${the(subject)}). La boîte aux lettres ${mailbox} a ${sure === 'certain' ? '' : 'probablement '}été lue à cette occasion.`
        : say`Quelqu’un a ${entered ? '' : 'probablement '}accédé sans autorisation à notre messagerie (${the(subject)}). La boîte aux lettres ${mailbox} a pu être lue à cette occasion ; c’est possible, mais pas certain.`,
    whatAll: (subject, entered, certainty) =>
      certainty === 'possible'
        ? say`Quelqu’un a ${entered ? '' : 'probablement '}accédé sans autorisation à notre messagerie (${the(subject)}). Pendant un temps, n’importe quelle boîte aux lettres a pu être lue. On ne peut pas savoir si la vôtre l’a été.`
        : say`Quelqu’un a ${entered ? '' : 'probablement '}accédé sans autorisation à notre messagerie (${the(subject)}). On ne peut pas savoir de qui les courriels ont été lus, ni même si certains l’ont été.`,
    facts: {
      mailbox: 'Boîte aux lettres',
      names: 'Autres noms',
      when: 'Quand',
      way: 'Par quelle voie',
      amount: 'Combien',
      sure: 'Certitude',
    },
    noWhen: 'inconnu : aucun enregistrement ne porte d’heure',
    noWay: 'inconnue',
    sure: {
      named: 'Certain : un enregistrement de l’attaque nomme cette boîte aux lettres.',
      probable:
        'Probable : un enregistrement de cette boîte aux lettres fait partie de ce qui était probablement l’attaque.',
      joined: 'Certain : deux journaux réunis montrent que l’accès visait cette boîte aux lettres.',
      possible:
        'Possible, mais pas certain : un accès semblable à ceux des attaquants a eu lieu à ce moment-là ; rien ne le leur attribue avec certitude. Il peut s’agir d’une utilisation ordinaire.',
      unknown: 'Inconnu : aucun journal ne dit de quelle boîte aux lettres il s’agissait.',
    },
    unknown: {
      possible: 'Si l’accès venait des attaquants ou relevait d’une utilisation ordinaire.',
      messages: 'Quels messages ont été lus : les journaux ne l’enregistrent pas.',
      'messages-counted': 'Quels messages ont été lus : les journaux les comptent, mais ne les nomment pas.',
      export: 'Ce que contenait la copie et où elle est allée.',
      way: 'Par quelle voie la boîte aux lettres a été atteinte.',
      which: 'De quelle boîte aux lettres il s’agissait : le journal qui le dirait manque pour cette période.',
      whether: 'De qui étaient les courriels, ou même si certains ont été lus : aucun journal ne le dit.',
      end: 'Ce qui s’est passé après la fin des éléments de preuve, et ce qui a été supprimé avant leur copie.',
    },
    consequences:
      'Qui a lu la boîte aux lettres peut connaître le contenu des messages, pièces jointes, contacts et rendez-vous. Cela peut servir à des courriels trompeurs adressés à vous ou envoyés en votre nom, à du chantage, ou à accéder à d’autres comptes dont les mots de passe figurent dans des messages.',
    todo: {
      password: 'Changez le mot de passe de ce compte, et partout où vous utilisez le même.',
      mistrust:
        'Méfiez-vous des messages qui se réfèrent à d’anciens échanges, surtout s’ils demandent de l’argent, des mots de passe ou annoncent un changement de coordonnées bancaires. Vérifiez par une autre voie.',
      content:
        'Pensez à ce que votre boîte aux lettres contient de confidentiel : mots de passe, contrats, données bancaires ou de santé, données d’autrui. Changez les mots de passe qui figurent dans des messages.',
      others:
        'Dites-nous si la boîte aux lettres contient des données personnelles d’autrui, afin que ces personnes puissent aussi être informées.',
      rules:
        'Vérifiez les règles, transferts et autorisations de votre boîte aux lettres, et signalez ce que vous n’avez pas mis en place.',
      device:
        'Vérifiez la liste des appareils mobiles de votre boîte aux lettres, et signalez ceux qui ne sont pas à vous.',
      report: 'Ne supprimez rien, et signalez au contact ci-dessous tout ce qui vous paraît étrange.',
    },
    maskedName: 'Le nom est un pseudonyme : le remplacer par le vrai avant l’envoi.',
    fillIn: 'à compléter',
    none: 'On ne sait d’aucune boîte aux lettres qu’elle ait été lue, certainement ou peut-être : il n’y a personne à informer nommément.',
    choose: 'Qui reçoit un avis ?',
    chosen: (n) => of(n, 'avis sélectionné', 'avis sélectionnés'),
    all: 'Tous',
    fields: 'Remplir ce qui est commun à tous les avis',
  },
  means: {
    ews: 'par l’interface destinée aux programmes (EWS)',
    mapi: 'par l’interface d’Outlook (MAPI)',
    owa: 'par Outlook sur le web',
    oab: 'par le carnet d’adresses',
    export: 'par une copie de la boîte aux lettres dans un fichier',
    download: 'par le téléchargement d’un fichier',
    forwarding: 'par transfert automatique',
    search: 'par une recherche dans les boîtes aux lettres',
    rights: 'par des droits sur la boîte aux lettres donnés à quelqu’un d’autre',
    mobile: 'par un appareil mobile',
    database: 'par une copie de la base de données des boîtes aux lettres',
    application: 'par une application autorisée à lire les courriels',
    mailbox: 'par une connexion à la boîte aux lettres',
    transport: 'par des copies faites pendant l’acheminement',
    queue: 'par un message pris dans une file d’attente',
    sync: 'par la copie de dossiers entiers',
    sent: 'par des envois au nom du titulaire',
    logon: 'par une connexion à la boîte aux lettres (ce qui a été ouvert n’est pas connu)',
    unknown: 'par une voie inconnue',
  },
  certainties: { certain: 'certain', probable: 'probable', possible: 'possible', unknown: 'inconnu' },
  language: 'Langue',
  showNames: 'Afficher les noms des boîtes aux lettres',
  print: 'Imprimer',
  tools: 'Réglages de cette page',
}

const likelihoods = {
  'almost no chance': 'presque exclu',
  'very unlikely': 'très improbable',
  unlikely: 'improbable',
  'roughly even chance': 'à peu près une chance sur deux',
  likely: 'probable',
  'very likely': 'très probable',
  'almost certain': 'presque certain',
} as const
