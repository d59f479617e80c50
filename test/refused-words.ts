/**
 * Words that leave open who acts, let a log speak, or stand for a term of the field: readers must not guess.
 * "Cannot tell" is the name of an answer, and "Port Knocking" the name of a technique (T1205.001).
 */
export const REFUSED =
  /\b(?:somebody|someone|anybody|nobody|whoever|whatever|the house|(?<!back)doors?|(?<!port )knock(?:s|ed|ing)?|ways? (?:back|in(?! (?:which|the|a|an|one)))|(?:comes?|came) (?:back|in|of it)|told|(?<!cannot[ -]|cannot be )(?:tells?|telling)|speaks?|spoke|stands? in|held against|by (?:itself|themselves)|gone on|goes on|asked of|so many|many another|tak(?:es?|en|ing) hold|in the middle|a few|wave|looked? (?:over|around)|odd place|handed out|sent on|theirs|a hole|holes)\b/i
