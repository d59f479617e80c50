import { catalogues, typeset } from './catalogues.js';
import { noticePage, recipientsOf } from './notice-page.js';
import { say } from './page.js';
import { pagesHtml } from '../html/static-page.js';
/** notices.html: a letter to each person whose mailbox was read, for certain or possibly, each on a page of its own. */
export const notices = {
    name: 'notices',
    file: 'notices.html',
    write: (assessment, { language = 'en' } = {}) => {
        const { notice } = catalogues[language];
        const recipients = recipientsOf(assessment);
        const pages = recipients.map((recipient) => noticePage(assessment, recipient, language));
        return pagesHtml(language, notice.title, pages.length > 0 ? pages : [nobody(language)], notice.fillIn);
    },
};
function nobody(language) {
    const { notice } = catalogues[language];
    const lead = [{ block: 'text', text: say `${notice.none}` }];
    return typeset({ language, title: notice.title, headline: [], lead, sections: [], foot: [] });
}
//# sourceMappingURL=notices.js.map