/** The person whose phone it is: work profiles and guests are others. */
export const PHOTOS_USER = '0';
