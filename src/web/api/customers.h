/* web/api/customers.h: handlers and bodies of /api/v1/customers, of time spent and of what something was worth. */
#ifndef WEB_API_CUSTOMERS_H
#define WEB_API_CUSTOMERS_H
#include "web/api/api.h"

extern const ApiField api_worth_fields[], api_worth_answer_fields[], api_work_fields[];
Handler api_customers_get, api_customer_get, api_worth_post, api_worth_answer_post, api_work_get, api_work_post;
#endif
