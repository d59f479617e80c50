import { catalogues } from './catalogues.js';
import { noPackTexts } from '../../model/pack-texts.js';
import { managementPage } from './management-page.js';
import { pagesHtml } from '../html/static-page.js';
/** management.html: what a manager needs, on one page or two of paper, without names of people. */
export const management = {
    name: 'management',
    file: 'management.html',
    write: (assessment, { language = 'en', texts = noPackTexts } = {}) => {
        const page = managementPage(assessment, language, texts);
        return pagesHtml(language, page.title, [page], catalogues[language].notice.fillIn);
    },
};
//# sourceMappingURL=management.js.map