/* web/api/people.h: handlers and bodies of /api/v1/people and of files. */
#ifndef WEB_API_PEOPLE_H
#define WEB_API_PEOPLE_H
#include "web/api/api.h"

extern const ApiField api_person_fields[], api_person_change_fields[], api_memory_fields[];
Handler api_people_get, api_people_post, api_person_get, api_person_post, api_memory_get, api_memory_post, api_files_post, api_file_get;
#endif
