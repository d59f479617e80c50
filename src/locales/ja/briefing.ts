import { say } from '../briefing-text.ts'
import type { Count, Subject, Words } from '../briefing.ts'

const of = ({ is }: Count, unit: string): string => `${is}${unit}`
const the = ({ kind, name }: Subject) =>
  say`${kind === 'server' ? 'メールサーバー' : 'Microsoft 365 テナント'}「${name}」`

export const ja: Words = {
  between: '',
  comma: '、',
  management: {
    title: '経営層向け報告書',
    headings: {
      happened: '何が起きたか',
      taken: '何が、誰のものが持ち出されたか',
      'still-there': '再び侵入されるおそれはあるか',
      'not-known': '分かっていないこととその理由',
      decide: '今、決めるべきこと',
      duties: '報告・通知が必要となり得る相手と期限',
      sure: '確実さの程度',
      about: 'このページについて',
    },
    headline: (subject, headline, sure) => {
      switch (headline) {
        case 'compromised':
          return sure
            ? say`${the(subject)}は侵害されました。`
            : say`${the(subject)}は侵害された可能性が高いと考えられます。`
        case 'accounts':
          return sure
            ? say`${the(subject)}上のアカウントが侵害されました。`
            : say`${the(subject)}上のアカウントが侵害された可能性が高いと考えられます。`
        case 'left':
          return sure
            ? say`攻撃者が入り込むための仕掛けが${the(subject)}で見つかりました。`
            : say`攻撃者が入り込むための仕掛けとみられるものが${the(subject)}で見つかりました。`
        case 'exploited':
          return sure
            ? say`${the(subject)}の脆弱性が攻撃者に悪用されました。`
            : say`${the(subject)}の脆弱性が攻撃者に悪用された可能性が高いと考えられます。`
        case 'mail':
          return sure
            ? say`${the(subject)}からメールが持ち出されました。`
            : say`${the(subject)}からメールが持ち出された可能性が高いと考えられます。`
        case 'targeted':
          return sure
            ? say`${the(subject)}への侵入が試みられました。`
            : say`${the(subject)}への侵入が試みられた可能性が高いと考えられます。`
        case 'cannot-tell':
          return say`${the(subject)}への侵入があったかどうかは判断できません。`
        case 'no-evidence':
          return say`${the(subject)}への攻撃の痕跡は見つかりませんでした。`
      }
    },
    lead: (headline, sure, kind, beyond, why) => {
      switch (headline) {
        case 'compromised':
          if (!sure)
            return '何者かが不正に侵入し、制御を奪ったことを示す痕跡があります。別の種類の兆候があれば確実になります。'
          return kind === 'server'
            ? '何者かが不正アクセスによりサーバーの制御を奪いました。サーバー上でプログラムが実行されたか、何かが仕掛けられたか、パスワードや鍵が盗まれました。'
            : '何者かが不正アクセスにより、アカウント、権限または設定の制御を奪いました。'
        case 'accounts':
          return sure
            ? '何者かが組織のメールアカウントを不正に使用しました。サーバー自体の制御が奪われたことを示すものは見つかっていません。'
            : '何者かが組織のメールアカウントを不正に使用したことを示す痕跡があります。別の種類の兆候があれば確実になります。'
        case 'left':
          return 'それがいつ、どのように仕掛けられたかは、この証拠からは分かりません。その存在を知る者は誰でも利用できます。'
        case 'exploited':
          return {
            'no-evidence':
              'その先まで進んだ痕跡（プログラムの実行、仕掛けの設置、メールの持ち出し）は見つかっていません。',
            mail: 'プログラムの実行や仕掛けの設置の痕跡は見つかっていません。メールについて分かっていることは下に記載しています。',
            'cannot-tell': 'その先どこまで進んだかは、完全には分かっていません。',
          }[beyond]
        case 'mail':
          return 'どのようにしてメールに到達したかは、この証拠からは完全には分かりません。'
        case 'targeted':
          return beyond !== 'cannot-tell'
            ? '成功したことを示す痕跡はありません。'
            : '成功したかどうかは、この証拠からは判断できません。'
        case 'cannot-tell':
          return {
            lead: '攻撃者の再侵入を許す可能性があり、所有者の分からないものがあります。下の未解決の項目に示しています。',
            nothing: '証拠の中に、それを示すはずの日時付きのログがありません。',
            hours: 'ログが、対象となる期間の全体には及んでいません。',
            silent: 'これらのログには現れない種類の攻撃です。',
          }[why]
        case 'no-evidence':
          return '攻撃があれば記録されるはずのログを、対象となる期間の全体にわたって確認しました。ただし、何も起きなかったことの証明ではありません。ログは改ざんされ得るうえ、未知の攻撃もあり得ます。'
      }
    },
    door: (name, sure, intrusion) =>
      intrusion
        ? say`侵入経路${sure ? '' : '（可能性が高い）'}：${name}。`
        : say`侵入が試みられた経路${sure ? '' : '（可能性が高い）'}：${name}。`,
    otherDoor: (alone, intrusion) =>
      alone
        ? intrusion
          ? '侵入経路は分かっていません。'
          : 'どの経路が試みられたかは分かっていません。'
        : 'ほかに、既知のどの経路にも当てはまらない痕跡があります。',
    hole: (hole, fixedAt, tooLate) => {
      switch (hole) {
        case 'open':
          return 'この脆弱性は、証拠の最後の時点でも修正されていませんでした。'
        case 'mitigated':
          return '証拠の最後の時点で緩和策が適用されていますが、脆弱性は修正されていません。'
        case 'unknown':
          return 'この脆弱性が修正済みかどうかは、証拠からは分かりません。'
        case 'fixed':
          return `この脆弱性は${fixedAt === null ? '' : `、遅くとも${fixedAt}には`}修正済みです。${tooLate ? 'これは攻撃者の最初の痕跡より後であり、修正しても攻撃者が残したものは取り除かれません。' : ''}`
      }
    },
    firstTrace: (moment) => `最初の痕跡：${moment}。`,
    firstAndLast: (first, last) => `最初の痕跡：${first}。最後の痕跡：${last}。`,
    noTime: '日時は不明です。痕跡に日時の記録がありません。',
    inexact: 'サーバーのタイムゾーンが不明なため、一部の日時には最大14時間の誤差があります。',
    stepsIntro: '見つかった痕跡（時間順）：',
    steps: {
      recon: '外部から様子を探った。',
      attempt: '脆弱性の悪用を試みた。',
      guessing: 'パスワードを推測して試した。',
      access: '認証を回避した。',
      write: 'ファイルを書き込んだか、設定を変更した。',
      shell: '命令を受け付ける隠しページ（ウェブシェル）をサーバーに置いていた。',
      execution: 'サーバー上でプログラムを実行した。',
      credentials: 'パスワードまたは鍵を盗んだ。',
      account: '他人のアカウントを使用した。',
      persistence: '再び侵入するための手段を作った。',
      collection: 'メールを読んだか、集めた。',
      exfiltration: 'データを持ち出した。',
      cleanup: '痕跡を消した。',
    },
    step: (step, sure, when) => `${when === null ? '' : `${when}：`}${sure ? '' : '（可能性が高い）'}${step}`,
    actor: (actor, words) => say`攻撃者：${actor}（${likelihoods[words]}）。`,
    noActor: '誰によるものかは、この証拠からは分かりません。',
    asked: (vulnerabilities) =>
      `既知の脆弱性${of(vulnerabilities, '件')}と、それ以外の経路による侵入の痕跡を調べました。`,
    exposed: (is) =>
      ({
        yes: 'その期間、既知の脆弱性があるバージョンが動作していました。',
        likely: 'その期間、既知の脆弱性があるバージョンが動作していた可能性が高いと考えられます。',
        'no-evidence': 'これらの脆弱性があるバージョンは確認されませんでした。',
        'cannot-tell': 'これらの脆弱性があったかどうかは分かりません。',
      })[is],
    openHoles: (open, used) =>
      `証拠の最後の時点で、既知の脆弱性${of(open, '件')}が未修正でした${used.n === 0 ? '' : `（${used.n >= open.n ? (open.n === 1 ? '' : 'いずれも') : `うち${of(used, '件')}は`}攻撃者による悪用が知られています）`}。`,
    supportEnded: (product, end) =>
      `${product} の通常のセキュリティ更新プログラムの提供は${end}に終了しています。サーバーの入れ替えが必要です。`,
    supportEnds: (product, end) => `${product} の通常のセキュリティ更新プログラムは${end}まで提供されます。`,
    mailTaken: (is, certain) => {
      const end = is === 'yes' ? 'ました。' : 'た可能性が高いと考えられます。'
      return certain.n === 0
        ? `メールが読まれたか、持ち出され${end}`
        : `${of(certain, '個')}のメールボックスのメールが読まれたか、持ち出され${end}`
    },
    mailNot: (is) =>
      ({
        'no-evidence': 'メールが読まれたり持ち出されたりしたことを示す痕跡はありません。',
        'cannot-tell': 'メールが読まれたり持ち出されたりしたかどうかは、この証拠からは判断できません。',
        'not-asked': 'メールが読まれたり持ち出されたりしたかどうかは調べていません。',
      })[is],
    mailPossible: (possible, more) =>
      more
        ? `ほかに${of(possible, '個')}のメールボックスについて、その可能性があります。`
        : `${of(possible, '個')}のメールボックスについて、その可能性があります。`,
    mailAny: (when, more) =>
      `${when === null ? '一時期' : `次の期間（${when}）`}については、${more ? 'ほかの' : ''}どのメールボックスであった可能性もあります。それを示すログがありません。`,
    mailUnknown: (more) => (more ? 'ほかに誰のものが含まれるかは分かりません。' : '誰のものかは分かりません。'),
    secrets: (sure, beside) =>
      sure
        ? `パスワードまたは鍵${beside ? 'も' : 'が'}盗まれました。サーバーにあったものはすべて、攻撃者に知られたものとして扱う必要があります。`
        : `パスワードまたは鍵${beside ? 'も' : 'が'}盗まれた可能性が高いと考えられます。サーバーにあったものは、攻撃者に知られたものとして扱うべきです。`,
    amounts: {
      when: '日時',
      ways: '方法',
      amount: '量',
      requests: (n) => `アクセス${of(n, '回')}`,
      bytes: (bytes) => `送信量${bytes}`,
      items: (n) => `個別に要求されたアイテム${of(n, '件')}`,
      noSize: '送信量の記録なし',
    },
    names: { mailbox: 'メールボックス', sure: '確実さ', when: '日時', amount: '量' },
    namesLeftOut: '名前は、技術報告書と、対象者への通知に記載しています。',
    still: (is, end) => {
      const at = end === null ? '証拠の最後の時点' : `証拠の最後である${end}の時点`
      return {
        yes: `あります。${at}で、再び侵入するための手段が残っていました。`,
        likely: `その可能性が高いと考えられます。${at}で、再び侵入するための手段とみられるものがありました。`,
        'no-evidence': `${at}で、再び侵入するための手段は見つかりませんでした。`,
        'cannot-tell': '判断できません。それを示す情報のすべてが証拠に含まれているわけではありません。',
        unclear: `${at}で、この種のものが残っていました。それが再び侵入する手段となるか、ほかにもあるかは判断できません。`,
        'not-asked': '調べていません。',
      }[is]
    },
    left: {
      'web-shell': (n) => `命令を受け付ける隠しページ（ウェブシェル）${of(n, '件')}`,
      vdir: (n) => `変更されたウェブアドレスの設定${of(n, '件')}`,
      'iis-module': (n) => `ウェブサーバーのモジュール${of(n, '件')}`,
      'transport-agent': (n) => `メール配送のモジュール${of(n, '件')}`,
      task: (n) => `スケジュールされたタスク${of(n, '件')}`,
      service: (n) => `サービス${of(n, '件')}`,
      startup: (n) => `起動時に実行される項目${of(n, '件')}`,
      account: (n) => `ユーザーアカウントまたは権限${of(n, '件')}`,
      forwarding: (n) => `メールの転送設定${of(n, '件')}`,
      'inbox-rule': (n) => `受信トレイ ルール${of(n, '件')}`,
      keys: (n) => `鍵が盗まれた痕跡${of(n, '件')}`,
    },
    states: {
      present: '残っている',
      'was-there': '過去に存在し、現在は確認されない',
      'requested-after-removal': '削除済みだが、外部からの要求が続いている',
      unknown: '残っているかどうか不明',
    },
    leftItem: (what, state) => `${what}：${state}`,
    leftNot: 'セキュリティ更新プログラムは脆弱性を修正しますが、これらを取り除くものではありません。',
    open: {
      exposed: '脆弱性があったかどうか',
      targeted: '侵入が試みられたかどうか',
      exploited: '脆弱性が悪用されたかどうか',
      compromised: '制御が奪われたかどうか',
      'mail-taken': 'メールが読まれたり持ち出されたりしたかどうか',
      'still-there': '再び侵入するための手段が残っているかどうか',
    },
    openWhy: (why, covered, days) =>
      ({
        hours: `対象となる${of(days, '日間')}のうち、ログがあるのは${covered}日分です`,
        none: '対象となる期間に及ぶログがありません',
        little: `対象となる期間（${of(days, '日間')}）のうち、ログがあるのは1日分に満たない時間です`,
        state: '最後の時点のシステムの状態が、証拠にすべては含まれていません',
        silent: 'それを示すログがこの証拠にはありません',
      })[why],
    openItem: (what, why) => `${what}：${why}。`,
    openMessages: 'どのメッセージが読まれたか：これらのログには記録されません。',
    openWho: '一部のメールが誰のものか：それを示すログがこの証拠にはありません。',
    openAfter: (end) => `${end}より後に起きたこと：証拠はその時点までです。`,
    openBefore: '証拠が複製される前に削除されたもの。',
    openSettle: 'それぞれの問いに答えるために必要なログは、技術報告書に記載しています。',
    noActions: '見つかったものの中に、決定を要するものはありません。',
    decideOpen: (open) => `不足しているログを集めるかどうか（未解決の問い：${of(open, '件')}）。`,
    duties: {
      'gdpr-33': {
        law: 'GDPR 第33条（EU）',
        binds: '個人データの管理者',
        tell: '監督機関',
        within: '72時間以内',
        from: '侵害を認識した時',
      },
      'gdpr-34': {
        law: 'GDPR 第34条（EU）',
        binds: '個人データの管理者',
        tell: '本人',
        within: '不当な遅滞なく',
        from: '本人への高いリスクを認識した時',
      },
      'uk-gdpr-33': {
        law: 'UK GDPR 第33条',
        binds: '英国の個人データの管理者',
        tell: '情報コミッショナー（ICO）',
        within: '72時間以内',
        from: '侵害を認識した時',
      },
      'nis2-23': {
        law: 'NIS 2 指令 第23条（EU）',
        binds: '主要事業体・重要事業体',
        tell: 'CSIRT または所管当局',
        within: '24時間以内に早期警告、72時間以内に通知、その1か月後に最終報告',
        from: '重大なインシデントを認識した時',
      },
      'dora-19': {
        law: 'DORA 第19条（EU）',
        binds: '金融事業体',
        tell: '所管当局',
        within: '重大と分類してから4時間以内（最長24時間）、72時間後に中間報告、その1か月後に最終報告',
        from: 'インシデントを認識した時',
      },
      'sec-8k': {
        law: 'Form 8-K Item 1.05（米国）',
        binds: 'SEC 登録企業',
        tell: '一般への開示',
        within: '4営業日以内',
        from: '重要なインシデントと判断した時',
      },
      hipaa: {
        law: 'HIPAA、45 CFR 164.404～164.410（米国）',
        binds: '医療分野の対象事業体とその業務提携者',
        tell: '本人と HHS。一つの州で500人以上の場合は報道機関にも',
        within: '遅くとも60暦日以内',
        from: '侵害を発見した時',
      },
      'us-banks': {
        law: '12 CFR 53、225、304（米国）',
        binds: '銀行',
        tell: '主たる連邦監督機関',
        within: '36時間以内',
        from: '通知すべきインシデントと判断した時',
      },
      'nydfs-500-17': {
        law: '23 NYCRR 500.17（ニューヨーク州）',
        binds: '州金融サービス局の認可事業者',
        tell: '監督官',
        within: '72時間以内。身代金の支払いは24時間以内',
        from: 'インシデントの発生を確認した時',
      },
      'dfars-7012': {
        law: 'DFARS 252.204-7012（米国）',
        binds: '保護対象情報を扱う国防契約事業者',
        tell: '国防総省',
        within: '72時間以内',
        from: 'インシデントを発見した時',
      },
      'cert-in': {
        law: 'CERT-In 指令（2022年4月28日、インド）',
        binds: 'サービス事業者、データセンター、企業、政府機関',
        tell: 'CERT-In',
        within: '6時間以内',
        from: 'インシデントに気付いた時または知らされた時',
      },
      'soci-2b': {
        law: '重要インフラ保安法 第2B部（オーストラリア）',
        binds: '重要インフラの責任主体',
        tell: 'オーストラリア通信電子局（ASD）',
        within: '可用性に重大な影響がある場合は12時間以内、それ以外は72時間以内',
        from: 'インシデントを認識した時',
      },
      'ch-isg': {
        law: '情報セキュリティ法 第74a条（スイス）',
        binds: '重要インフラ事業者と公的機関',
        tell: 'BACS',
        within: '24時間以内',
        from: 'サイバー攻撃を発見した時',
      },
      'br-lgpd-48': {
        law: 'LGPD 第48条（ブラジル）',
        binds: '個人データの管理者',
        tell: 'ANPD と本人',
        within: '3営業日以内',
        from: '個人データへの影響を知った時',
      },
      'jp-appi-26': {
        law: '個人情報保護法 第26条（日本）',
        binds: '個人情報取扱事業者',
        tell: '個人情報保護委員会と本人',
        within: '速やかに。確報は60日以内',
        from: '漏えい等の事態を知った時',
      },
    },
    dutiesIntro:
      '事実の一覧であり、法的助言ではありません。どれが適用されるかは法令と契約によります。法令は改正されることがあります。期限は、攻撃の時ではなく、貴組織が知った時から進みます。',
    dutiesHead: ['法令', '対象', '報告・通知先', '期限'],
    dutyClock: (within, from) => `${within}（起算：${from}）`,
    restsOn: (what) => say`判定の根拠：${what}。`,
    rest: (what, signs) => say`${what}${signs.length === 0 ? '' : `（${signs.join('、')}）`}`,
    notSettled: (what, asks) => say`${what}：${asks}`,
    beyondLogs: (campaign, period) => say`${campaign}、${period}：この期間のログはありません。`,
    certain: {
      yes: '確実：兆候が異なる種類にわたるか疑いのないもので、説明するものが証拠の中にありません。',
      likely: '可能性が高い：兆候が、それを説明するものを上回っています。別の種類の兆候があれば確実になります。',
      'no-evidence':
        '「痕跡なし」とは、それを示すはずのログをすべて確認し、どれにも現れなかったという意味です。何も起きなかったという意味ではありません。',
      'cannot-tell': 'あったともなかったとも言えません。証拠が足りません。',
    },
    reachWhole: (days) => `ログは対象となる期間の全体（${of(days, '日間')}）に及んでいます。`,
    reachPart: (covered, days) =>
      `ログが最も不足している問いについて、対象となる${of(days, '日間')}のうち、ログがあるのは${covered}日分です。`,
    reachLittle: (days) =>
      `ログが最も不足している問いについて、対象となる期間（${of(days, '日間')}）のうち、ログがあるのは1日分に満たない時間です。`,
    reachNone: '対象となる期間に及ぶログはありません。',
    gaps: (n) => `証拠のうち${of(n, 'か所')}は読み取れませんでした。`,
    notWhole: '証拠のすべては読み取れませんでした。',
    about: (tool, files, bytes, digest) =>
      `Postern ${tool} により、${of(files, '個')}のファイル（${bytes}）から作成。知識ベース ${digest}。`,
    period: (period) => `証拠に含まれる記録の期間：${period}。`,
    noProduct: '証拠に Exchange の形跡はありません。',
    utc: '日時は UTC です。',
    masked: '個人の名前は仮名に置き換えています。',
    technical: 'このページの記述はすべて記録に基づいており、技術報告書にその記録を一つずつ示しています。',
  },
  notice: {
    title: '通知：あなたのメールボックスへの不正アクセスについて',
    titleAll: 'メールボックスをお持ちのすべての方への通知',
    blanks: {
      organization: '組織の名称と住所',
      recipient: '宛先の氏名と住所',
      date: '日付',
      measures: 'これまでに行った対応と今後の対応',
      contact: '連絡窓口と個人情報保護責任者の氏名・電話番号・メールアドレス',
      signature: '氏名と署名',
    },
    headings: {
      what: '何が起きたか',
      facts: '分かっていること',
      sure: '確実さの程度',
      unknown: '知り得ないこと',
      consequences: '考えられる影響',
      do: '今、していただきたいこと',
      measures: '当組織の対応',
      contact: 'お問い合わせ先',
    },
    greeting: 'メールボックスのご利用者様',
    what: (subject, entered, mailbox, sure) =>
      sure !== 'possible'
        ? say`${the(subject)}が不正アクセスを受け${entered ? 'ました' : 'た可能性が高いと考えられます'}。その際に、メールボックス「${mailbox}」が読まれ${sure === 'certain' ? 'ました' : 'た可能性が高いと考えられます'}。`
        : say`${the(subject)}が不正アクセスを受け${entered ? 'ました' : 'た可能性が高いと考えられます'}。その際に、メールボックス「${mailbox}」が読まれた可能性があります。確実ではありません。`,
    whatAll: (subject, entered, certainty) =>
      certainty === 'possible'
        ? say`${the(subject)}が不正アクセスを受け${entered ? 'ました' : 'た可能性が高いと考えられます'}。一時期、サーバー上のどのメールボックスも読まれた可能性があります。あなたのメールボックスが読まれたかどうかは分かりません。`
        : say`${the(subject)}が不正アクセスを受け${entered ? 'ました' : 'た可能性が高いと考えられます'}。誰のメールが読まれたか、そもそも読まれたかどうかも分かりません。`,
    facts: {
      mailbox: 'メールボックス',
      names: '別名',
      when: '日時',
      way: '方法',
      amount: '量',
      sure: '確実さ',
    },
    noWhen: '不明（日時の記録がありません）',
    noWay: '不明',
    sure: {
      named: '確実：攻撃の記録そのものに、このメールボックスの名前があります。',
      probable: '可能性が高い：このメールボックスの記録が、攻撃とみられる一連の記録に含まれています。',
      joined: '確実：二つのログを突き合わせると、アクセス先がこのメールボックスだったことが分かります。',
      possible:
        '可能性あり（確実ではない）：攻撃者のものに似たアクセスがその時にありましたが、攻撃者によるものと断定できません。通常の利用だった可能性もあります。',
      unknown: '不明：どのメールボックスかを示すログがありません。',
    },
    unknown: {
      possible: 'そのアクセスが攻撃者によるものか、通常の利用か。',
      messages: 'どのメッセージが読まれたか。ログには記録されません。',
      'messages-counted': 'どのメッセージが読まれたか。ログには件数だけがあり、メッセージの特定はできません。',
      export: '複製されたファイルの内容と、その行方。',
      way: 'メールボックスに到達した方法。',
      which: 'どのメールボックスだったか。その期間のログがありません。',
      whether: '誰のメールか、そもそも読まれたかどうか。それを示すログがありません。',
      end: '証拠の最後の時点より後に起きたことと、証拠が複製される前に削除されたもの。',
    },
    consequences:
      'メールボックスを読んだ者は、メール、添付ファイル、連絡先、予定表の内容を知っている可能性があります。あなた宛て、またはあなたの名をかたる詐欺メール、恐喝、メールに書かれたパスワードによるほかのアカウントへの侵入に悪用されるおそれがあります。',
    todo: {
      password:
        'このアカウントのパスワードを変更してください。同じパスワードをほかで使っている場合は、それも変更してください。',
      mistrust:
        '過去のやり取りを引き合いに出すメールに注意してください。金銭、パスワード、振込先の変更を求めるものは特に危険です。別の手段で相手に確認してください。',
      content:
        'メールボックスにある機密情報（パスワード、契約、健康・銀行の情報、他人の情報）を確認してください。メールに書かれているパスワードは変更してください。',
      others:
        'メールボックスに他人の個人情報が含まれる場合は、お知らせください。その方々にも通知できるようにするためです。',
      rules: 'メールボックスの受信ルール、転送、アクセス権を確認し、ご自身で設定した覚えのないものを知らせてください。',
      device: 'メールボックスに登録されたモバイル機器の一覧を確認し、ご自身のものでない機器を知らせてください。',
      report: '何も削除しないでください。不審な点があれば、下記の連絡窓口に知らせてください。',
    },
    maskedName: '名前は仮名です。送付する前に実名に置き換えてください。',
    fillIn: '記入してください',
    none: '確実に、または可能性として読まれたことが分かっているメールボックスはありません。個別に通知すべき人はいません。',
    choose: '通知する相手',
    chosen: (n) => `${of(n, '件')}の通知を選択中`,
    all: 'すべて',
    fields: 'すべての通知に共通する項目を記入',
  },
  means: {
    ews: 'プログラム用の接続口（EWS）経由',
    mapi: 'Outlook 用の接続口（MAPI）経由',
    owa: 'Outlook on the web 経由',
    oab: 'アドレス帳経由',
    export: 'メールボックスをファイルに複製',
    download: 'ファイルのダウンロード',
    forwarding: '転送設定',
    search: '複数メールボックスの検索',
    rights: '第三者に与えられたメールボックスの権限',
    mobile: 'モバイル機器',
    database: 'メールボックスデータベースの複製',
    application: 'メールを読む権限を持つアプリケーション',
    mailbox: 'メールボックスへのサインイン',
    transport: '配送途中で作られた写し',
    queue: 'キューから取り出されたメッセージ',
    sync: 'フォルダー全体の複製',
    sent: '所有者の名での送信',
    logon: 'メールボックスへのサインイン(何が開かれたかは不明)',
    unknown: '方法は不明',
  },
  certainties: { certain: '確実', probable: '可能性が高い', possible: '可能性あり', unknown: '不明' },
  language: '言語',
  showNames: 'メールボックスの名前を表示',
  print: '印刷',
  tools: 'このページの設定',
}

const likelihoods = {
  'almost no chance': 'ほぼあり得ない',
  'very unlikely': '可能性は非常に低い',
  unlikely: '可能性は低い',
  'roughly even chance': '可能性は五分五分',
  likely: '可能性が高い',
  'very likely': '可能性が非常に高い',
  'almost certain': 'ほぼ確実',
} as const
