/*
 * html_style: the style sheet of every page, in pieces that end in NULL: one after the other they
 * stand between <style> and </style>.
 */
#ifndef ANNALS_RENDER_HTML_STYLE_H
#define ANNALS_RENDER_HTML_STYLE_H

extern const char *const html_style[];

#endif
