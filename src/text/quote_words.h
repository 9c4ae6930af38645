/* text/quote_words.h: the words by which mail programs mark what they quote, language by language. Words only;
   the rules are in quote.c. Each list ends with NULL. Where English is shared by a language it stands once. */
#ifndef TEXT_QUOTE_WORDS_H
#define TEXT_QUOTE_WORDS_H
#include <stddef.h>

/* "wrote": en nl de fr es pt it pl sv-da-nb fi cs sk ro tr ru uk el ar he ja zh ko vi, then hu bg hr et lt lv th id ca sl fa */
static const char *const quote_wrote[] = {
  "wrote", "schreef", "geschreven", "schrieb", "geschrieben", "a écrit", "a ecrit", "escribió", "escribio", "escreveu",
  "ha scritto", "scrive", "napisał", "napisana przez", "pisze", "skrev", "følgende", "kirjoitti", "napsal", "píše", "napísal",
  "a scris", "yazdı", "yazmış", "написал", "пишет", "писал", "пише", "написав", "έγραψε", "έγραψαν", "كتب", "כתב", "מאת",
  "のメール", "書きました", "のメッセージ", "写道", "寫道", "撰寫", "작성", "썼습니다", "đã viết", "viết",
  "írta", "написа", "napisao", "napisala", "kirjutas", "rašė", "rakstīja", "เขียน", "menulis", "va escriure", "ha escrit", "نوشت",
  "said:", NULL };

/* How such a line begins when it is too long for one line */
static const char *const quote_opens[] = {
  "On ", "Op ", "Am ", "Le ", "El ", "Em ", "No dia", "A ", "Il ", "In data", "W dniu", "Dnia", "Den ", "Dne ", "Dňa ", "Pe ", "În ", "La ",
  "Στις", "Στις ", "Vào ", "בתאריך", "ב-", "في ", "بتاريخ", "В ", "Wiadomość napisana", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
  "pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz.", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "нд",
  "ma ", "ti ", "ke ", "to ", "pe ", "la ", "su ", "po ", "út ", "st ", "čt ", "pá ", "so ", "ne ", "于", "在", NULL };

static const char *const quote_from[] = {
  "From", "Van", "Von", "De", "Da", "Od", "Från", "Fra", "Lähettäjä", "Expeditor", "De la", "Kimden", "Gönderen", "От", "От кого",
  "Отправитель", "Від", "Από", "من", "מאת", "差出人", "送信者", "From", "发件人", "寄件者", "寄件人", "보낸 사람", "보낸사람", "Từ", "Người gửi",
  "Feladó", "Nuo", "No", NULL };
static const char *const quote_sent[] = {
  "Sent", "Date", "Verzonden", "Datum", "Gesendet", "Envoyé", "Enviado", "Enviado el", "Enviada", "Enviada em", "Fecha", "Data", "Inviato", "Data",
  "Wysłano", "Wysłane", "Data", "Skickat", "Sendt", "Dato", "Lähetetty", "Päivämäärä", "Odesláno", "Odoslané", "Trimis", "Gönderildi",
  "Gönderme Tarihi", "Tarih", "Отправлено", "Дата", "Надіслано", "Στάλθηκε", "Ημερομηνία", "تاريخ الإرسال", "التاريخ", "نشر", "נשלח",
  "תאריך", "送信日時", "日付", "日時", "发送时间", "发送日期", "日期", "寄件日期", "時間", "보낸 날짜", "날짜", "보낸날짜", "Đã gửi", "Ngày", "Ngày gửi",
  "Elküldve", "Dátum", NULL };
static const char *const quote_to[] = {
  "To", "Aan", "An", "À", "A", "Para", "Do", "Till", "Til", "Vastaanottaja", "Komu", "Către", "Catre", "Kime", "Alıcı", "Кому", "Προς", "إلى",
  "אל", "宛先", "收件人", "收件者", "받는 사람", "받는사람", "Đến", "Tới", "Người nhận", "Címzett", "Cc", "CC", "Kopie", "Cc", "抄送", "참조", NULL };
static const char *const quote_subject[] = {
  "Subject", "Onderwerp", "Betreff", "Objet", "Asunto", "Assunto", "Oggetto", "Temat", "Ämne", "Emne", "Aihe", "Předmět", "Predmet", "Subiect",
  "Konu", "Тема", "Θέμα", "الموضوع", "נושא", "件名", "主题", "主旨", "主題", "제목", "Chủ đề", "Tiêu đề", "Tárgy", NULL };

/* Between rows of dashes */
static const char *const quote_original[] = {
  "Original Message", "Original Mail", "Original email", "Original message", "Oorspronkelijk bericht", "Originalnachricht", "Originele bericht",
  "Ursprüngliche Nachricht", "Original-Nachricht", "Message d'origine", "Message d’origine", "Message original", "Mensaje original",
  "Mensagem original", "Mensagem Original", "Messaggio originale", "Messaggio Originale", "Wiadomość oryginalna", "Oryginalna wiadomość",
  "Ursprungligt meddelande", "Originalmeddelande", "Oprindelig meddelelse", "Original meddelelse", "Opprinnelig melding",
  "Alkuperäinen viesti", "Původní zpráva", "Pôvodná správa", "Mesaj original", "Mesajul original", "Orijinal Mesaj", "Özgün İleti",
  "Исходное сообщение", "Оригинальное сообщение", "Вихідне повідомлення", "Оригінальне повідомлення", "Αρχικό μήνυμα", "الرسالة الأصلية",
  "הודעה מקורית", "元のメッセージ", "Original", "邮件原件", "原始邮件", "原始郵件", "원본 메시지", "원본 메일", "Tin nhắn gốc", "Thư gốc", "Eredeti üzenet",
  NULL };
static const char *const quote_forward[] = {
  "Forwarded message", "Forwarded Message", "Forwarded by", "Doorgestuurd bericht", "Weitergeleitete Nachricht", "Message transféré",
  "Message réexpédié", "Mensaje reenviado", "Mensagem encaminhada", "Mensagem reencaminhada", "Messaggio inoltrato", "Wiadomość przekazana",
  "Przekazana wiadomość", "Vidarebefordrat meddelande", "Videresendt", "Edelleenlähetetty", "Välitetty viesti", "Přeposlaná zpráva",
  "Mesaj redirecționat", "İletilmiş mesaj", "Yönlendirilmiş ileti", "Пересылаемое сообщение", "Переслане повідомлення", "Προωθημένο μήνυμα",
  "رسالة معاد توجيهها", "הודעה שהועברה", "転送されたメッセージ", "転送メッセージ", "转发的邮件", "已转发邮件", "轉寄郵件", "전달된 메시지", "Thư đã chuyển tiếp", NULL };
static const char *const quote_forward_alone[] = {          /* Apple Mail writes it without dashes */
  "Begin forwarded message", "Begin doorgestuurd bericht", "Anfang der weitergeleiteten", "Début du message réexpédié",
  "Début du message transféré", "Inicio del mensaje reenviado", "Início da mensagem", "Inizio messaggio inoltrato", "Vidarebefordrat brev",
  "Начало переадресованного", "Начало пересылаемого", "Początek przekazywanej", "転送されたメッセージ", "开始转发的邮件", "下面是被转发的邮件", NULL };

/* What a phone or a program adds under the text; how the line begins, or a part of it where it begins with the device (all of
   those hold a letter beyond ASCII) */
static const char *const quote_sent_from[] = {
  "Sent from my", "Sent from Mail for", "Sent from Outlook", "Sent from Yahoo", "Sent from Gmail", "Sent from the all new", "Sent from ProtonMail",
  "Sent from Proton Mail", "Sent from Samsung", "Sent from Windows", "Sent with Proton", "Sent with", "Sent via", "Get Outlook for",
  "Verzonden vanaf", "Verstuurd vanaf", "Verzonden met", "Verstuurd met", "Outlook voor", "Outlook for", "Download Outlook", "Von meinem", "Von meiner",
  "Gesendet von", "Gesendet mit", "Diese Nachricht wurde von meinem", "Envoyé de mon", "Envoyé depuis", "Envoyé à partir", "Enviado desde",
  "Enviado do meu", "Enviado a partir", "Obter o Outlook", "Obtener Outlook", "Inviato da", "Wysłane z", "Wysłano z", "Pobierz aplikację Outlook",
  "Skickat från", "Sendt fra", "Hent Outlook", "Hämta Outlook", "Lähetetty", "Odesláno z", "Odesláno ze", "Trimis de pe", "Trimis din", "Отправлено с",
  "Отправлено из", "Надіслано з", "Надіслано із", "Στάλθηκε από", "أُرسلت من", "أرسلت من", "נשלח מה", "נשלח מ", "发自我的", "從我的", "寄自我的", "傳自我的",
  "나의 iPhone", "내 iPhone", "Được gửi từ", "Gửi từ", "Dapatkan Outlook", NULL };
static const char *const quote_sent_from_within[] = { "から送信", "'umdan gönderildi", "’umdan gönderildi", "'dan gönderildi", "ımdan gönderildi",
  "에서 보냄", "Outlook を", NULL };

static const char *const quote_scanned[] = {
  "This email has been checked for viruses", "This message has been checked for viruses", "This email is free from viruses", "Virus-free",
  "This e-mail has been scanned", "This email has been scanned", "Virus scanned by", "Scanned by", "Deze e-mail is gecontroleerd op virussen",
  "Dit e-mailbericht is gecontroleerd op virussen", "Virusvrij", "Diese E-Mail wurde von", "Virenfrei", "Virengeprüft", "L'absence de virus dans ce courrier",
  "Cet e-mail a été vérifié", "Garanti sans virus", "Sans virus", "El software de antivirus", "Este correo electrónico ha sido comprobado",
  "Libre de virus", "Este e-mail foi verificado", "Este email foi escaneado", "Livre de vírus", "Sem vírus", "Questa e-mail è stata controllata",
  "Privo di virus", "Mail priva di virus", "Ta wiadomość została sprawdzona", "Wolny od wirusów", "Bez wirusów", "Detta e-postmeddelande har",
  "Tento e-mail byl", "Bez virů", "Это сообщение проверено", "Без вирусов", "Проверено антивирусом", "Bu e-posta", "www.avast.com", "www.avg.com",
  "https://www.avast.com", "https://www.avg.com", "http://www.avast.com", "http://www.avg.com", NULL };
#endif
