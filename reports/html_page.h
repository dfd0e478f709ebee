/* html_page.h - the page of the html report around its data, embedded from reports/html/ by the
 * build. */
#ifndef YINMA_REPORTS_HTML_PAGE_H
#define YINMA_REPORTS_HTML_PAGE_H

#include "core/bytes.h"

extern const struct bytes html_page_head, html_page_tail;

#endif
