/** The package name of Google Photos. */
export const PHOTOS = 'com.google.android.apps.photos';
