#include "base/base.h"
#include "text/quote.h"
#include "test.h"

/* "|" marks where history begins; without it nothing may be trimmed. */
TEST(quote_starts) {
  static const struct { int line; const char *in; } cases[] = {
    { __LINE__, "Just a question." },
    { __LINE__, "" },
    { __LINE__, "Thanks\n\n|On Mon, 3 Jan 2022 at 10:00, Bo <bo@e.org> wrote:\n\n> Old\n> words\n" },
    { __LINE__, "Thanks\n\n|On Mon, Jan 3, 2022 at 10:00 AM Bo with a very long name indeed\n<bo@example.org> wrote:\n\n> Old\n" },
    { __LINE__, "Thanks\n|On 3 Jan 2022, at 10:00, Bo <bo@e.org> wrote:\nOld words without marks\n" },
    { __LINE__, "Bedankt\n\n|Op ma 3 jan. 2022 om 10:00 schreef Bo <bo@e.org>:\n> Oud\n" },
    { __LINE__, "Bedankt\n\n|Op 3 jan. 2022, om 10:00 heeft Bo <bo@e.org> het volgende geschreven:\n\nOud\n" },
    { __LINE__, "Danke\n\n|Am Mo., 3. Jan. 2022 um 10:00 Uhr schrieb Bo <bo@e.org>:\n> Alt\n" },
    { __LINE__, "Danke\n\n|Am 03.01.22 um 10:00 schrieb Bo:\n> Alt\n" },
    { __LINE__, "Merci\n\n|Le lun. 3 janv. 2022 à 10:00, Bo <bo@e.org> a écrit :\n> Vieux\n" },
    { __LINE__, "Merci\n\n|Le lun. 3 janv. 2022 à 10:00, Bo <bo@e.org> a écrit\xC2\xA0:\n> Vieux\n" },
    { __LINE__, "Gracias\n\n|El lun, 3 ene 2022 a las 10:00, Bo (<bo@e.org>) escribió:\n> Viejo\n" },
    { __LINE__, "Obrigado\n\n|Em seg., 3 de jan. de 2022 às 10:00, Bo <bo@e.org> escreveu:\n> Velho\n" },
    { __LINE__, "Obrigado\n\n|Bo <bo@e.org> escreveu no dia segunda, 3/01/2022 à(s) 10:00:\n> Velho\n" },
    { __LINE__, "Grazie\n\n|Il giorno lun 3 gen 2022 alle ore 10:00 Bo <bo@e.org> ha scritto:\n> Vecchio\n" },
    { __LINE__, "Dzięki\n\n|pon., 3 sty 2022 o 10:00 Bo <bo@e.org> napisał(a):\n> Stare\n" },
    { __LINE__, "Dzięki\n\n|W dniu 3.01.2022 o 10:00, Bo pisze:\n> Stare\n" },
    { __LINE__, "Tack\n\n|Den mån 3 jan. 2022 kl 10:00 skrev Bo <bo@e.org>:\n> Gammalt\n" },
    { __LINE__, "Tak\n\n|Den man. 3. jan. 2022 kl. 10.00 skrev Bo <bo@e.org>:\n> Gammelt\n" },
    { __LINE__, "Takk\n\n|man. 3. jan. 2022 kl. 10:00 skrev Bo <bo@e.org>:\n> Gammelt\n" },
    { __LINE__, "Kiitos\n\n|ma 3. tammik. 2022 klo 10.00 Bo (bo@e.org) kirjoitti:\n> Vanha\n" },
    { __LINE__, "Díky\n\n|po 3. 1. 2022 v 10:00 odesílatel Bo <bo@e.org> napsal:\n> Staré\n" },
    { __LINE__, "Mulțumesc\n\n|În lun., 3 ian. 2022 la 10:00, Bo <bo@e.org> a scris:\n> Vechi\n" },
    { __LINE__, "Teşekkürler\n\n|Bo <bo@e.org>, 3 Oca 2022 Pzt, 10:00 tarihinde şunu yazdı:\n> Eski\n" },
    { __LINE__, "Спасибо\n\n|пн, 3 янв. 2022 г. в 10:00, Bo <bo@e.org>:\n> Старое\n" },
    { __LINE__, "Спасибо\n\n|3 янв. 2022 г., в 10:00, Bo <bo@e.org> написал(а):\n> Старое\n" },
    { __LINE__, "Дякую\n\n|пн, 3 січ. 2022 р. о 10:00 Bo <bo@e.org> пише:\n> Старе\n" },
    { __LINE__, "Ευχαριστώ\n\n|Στις Δευ 3 Ιαν 2022 στις 10:00 π.μ., ο/η Bo <bo@e.org> έγραψε:\n> Παλιό\n" },
    { __LINE__, "شكرا\n\n|في الاثنين، 3 يناير 2022 في 10:00 ص كتب Bo <bo@e.org>:\n> قديم\n" },
    { __LINE__, "תודה\n\n|\xE2\x80\xAB" "בתאריך יום ב׳, 3 בינו׳ 2022 ב-10:00 מאת \xE2\x80\xAA" "Bo\xE2\x80\xAC\xE2\x80\x8F <bo@e.org>:\xE2\x80\xAC\n> ישן\n" },
    { __LINE__, "ありがとう\n\n|2022年1月3日(月) 10:00 Bo <bo@e.org>:\n> 古い\n" },
    { __LINE__, "ありがとう\n\n|2022/01/03 10:00、Bo <bo@e.org>のメール:\n> 古い\n" },
    { __LINE__, "谢谢\n\n|Bo <bo@e.org> 于2022年1月3日周一 10:00写道：\n> 旧\n" },
    { __LINE__, "감사합니다\n\n|2022년 1월 3일 (월) 오전 10:00, Bo <bo@e.org>님이 작성:\n> 옛것\n" },
    { __LINE__, "Cảm ơn\n\n|Vào Th 2, 3 thg 1, 2022 vào lúc 10:00 Bo <bo@e.org> đã viết:\n> Cũ\n" },
    { __LINE__, "Yes\n\n|-----Original Message-----\nFrom: Bo\nOld\n" },
    { __LINE__, "Ja\n\n|-----Ursprüngliche Nachricht-----\nVon: Bo\nAlt\n" },
    { __LINE__, "Yes\n\n|------- Original Message -------\nOn Monday Bo wrote:\n\nOld\n" },
    { __LINE__, "Yes\n\n|________________________________\nFrom: Bo <bo@e.org>\nSent: Monday\nTo: Ana\nSubject: x\n\nOld\n" },
    { __LINE__, "Yes\n\n|From: Bo <bo@e.org>\nSent: Monday, January 3, 2022 10:00\nTo: Ana <ana@e.org>\nSubject: RE: x\n\nOld\n" },
    { __LINE__, "Ja\n\n|Van: Bo <bo@e.org>\nVerzonden: maandag 3 januari 2022 10:00\nAan: Ana\nOnderwerp: x\n\nOud\n" },
    { __LINE__, "Ja\n\n|Von: Bo\nGesendet: Montag\nAn: Ana\nBetreff: x\n" },
    { __LINE__, "Oui\n\n|De : Bo\nEnvoyé : lundi\nÀ : Ana\nObjet : x\n" },
    { __LINE__, "Sí\n\n|De: Bo\nEnviado el: lunes\nPara: Ana\nAsunto: x\n" },
    { __LINE__, "Sim\n\n|De: Bo\nEnviada em: segunda\nPara: Ana\nAssunto: x\n" },
    { __LINE__, "Sì\n\n|Da: Bo\nInviato: lunedì\nA: Ana\nOggetto: x\n" },
    { __LINE__, "Tak\n\n|Od: Bo\nWysłano: poniedziałek\nDo: Ana\nTemat: x\n" },
    { __LINE__, "Ja\n\n|Från: Bo\nSkickat: måndag\nTill: Ana\nÄmne: x\n" },
    { __LINE__, "Ja\n\n|Fra: Bo\nSendt: mandag\nTil: Ana\nEmne: x\n" },
    { __LINE__, "Joo\n\n|Lähettäjä: Bo\nLähetetty: maanantai\nVastaanottaja: Ana\nAihe: x\n" },
    { __LINE__, "Ano\n\n|Od: Bo\nOdesláno: pondělí\nKomu: Ana\nPředmět: x\n" },
    { __LINE__, "Да\n\n|От: Bo\nОтправлено: понедельник\nКому: Ana\nТема: x\n" },
    { __LINE__, "Так\n\n|Від: Bo\nНадіслано: понеділок\nКому: Ana\nТема: x\n" },
    { __LINE__, "Ναι\n\n|Από: Bo\nΣτάλθηκε: Δευτέρα\nΠρος: Ana\nΘέμα: x\n" },
    { __LINE__, "Evet\n\n|Kimden: Bo\nGönderildi: Pazartesi\nKime: Ana\nKonu: x\n" },
    { __LINE__, "نعم\n\n|من: Bo\nتاريخ الإرسال: الاثنين\nإلى: Ana\nالموضوع: x\n" },
    { __LINE__, "כן\n\n|מאת: Bo\nנשלח: יום שני\nאל: Ana\nנושא: x\n" },
    { __LINE__, "はい\n\n|差出人: Bo\n送信日時: 月曜日\n宛先: Ana\n件名: x\n" },
    { __LINE__, "是\n\n|发件人: Bo\n发送时间: 星期一\n收件人: Ana\n主题: x\n" },
    { __LINE__, "네\n\n|보낸 사람: Bo\n보낸 날짜: 월요일\n받는 사람: Ana\n제목: x\n" },
    { __LINE__, "Có\n\n|Từ: Bo\nĐã gửi: Thứ hai\nĐến: Ana\nChủ đề: x\n" },
    { __LINE__, "Yes\n\n|*From:* Bo\n*Sent:* Monday\n*To:* Ana\n*Subject:* x\n" },
    { __LINE__, "Yes\n|##- Please write your answer above this line -##\n\nOld\n" },
    { __LINE__, "Yes\n|##- Bitte über dieser Zeile antworten -##\nAlt\n" },
    { __LINE__, "Hello\n\n|-- \nAna\n+31 20 1234567\n" },
    { __LINE__, "Hello\n\n|--\nAna\n\nOn 3 Jan 2022 Bo <bo@e.org> wrote:\n> old\n" },
    { __LINE__, "Hello\n\n|Sent from my iPhone\n\n> On 3 Jan 2022, at 10:00, Bo <bo@e.org> wrote:\n>\n> Old\n" },
    { __LINE__, "Hallo\n\n|Von meinem iPhone gesendet\n" },
    { __LINE__, "Hoi\n\n|Verstuurd vanaf mijn iPhone\n" },
    { __LINE__, "Salut\n\n|Envoyé de mon iPhone\n" },
    { __LINE__, "Hello\n\n|Get Outlook for Android<https://aka.ms/x>\n" },
    { __LINE__, "了解\n\n|iPhoneから送信\n" },
    { __LINE__, "Hello\n\n|> Old\n> words\n" },
    { __LINE__, "Hello\n\n|> Old\n\n-- \nAna\n" },
    { __LINE__, "Hello\n\n|> Old\n\nThis email has been checked for viruses by Avast antivirus software.\nwww.avast.com\n" },
    { __LINE__, "Hello\n\n|---\nThis email has been checked for viruses by Avast antivirus software.\nhttps://www.avast.com/antivirus\n" },
    /* kept whole */
    { __LINE__, "On 3 Jan 2022 Bo <bo@e.org> wrote:\n> Question?\n\nAnswer below.\n" },
    { __LINE__, "Hi, see inline.\n\nOn 3 Jan 2022 Bo <bo@e.org> wrote:\n> One?\nYes.\n> Two?\nNo.\n" },
    { __LINE__, "> Question?\nAnswer\n" },
    { __LINE__, "> only\n> quoted\n" },
    { __LINE__, "On 3 Jan 2022 Bo <bo@e.org> wrote:\n> only quoted\n" },
    { __LINE__, "-----Original Message-----\nFrom: Bo\nOld\n" },
    { __LINE__, "Please look at this.\n\n---------- Forwarded message ----------\nFrom: Cy <cy@e.org>\nDate: Monday\nSubject: x\nTo: Ana\n\nThe matter\n" },
    { __LINE__, "FYI\n\nBegin forwarded message:\n\nFrom: Cy\nSubject: x\nDate: y\nTo: z\n\nThe matter\n" },
    { __LINE__, "-- \nAna\n" },
    { __LINE__, "Sent from my iPhone\n" },
    { __LINE__, "In 2022 my boss wrote:\nno such thing\n" "and on it went with no mark at all" },
    { __LINE__, "From: the warehouse we send on Mondays.\nTo: be honest, late.\n" },
    { __LINE__, "Steps:\n- one\n- two\n---\nmore\n" },
    { __LINE__, "The error says:\n  Date: wrong\n" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Str in = str_z(cases[i].in), head, tail;
    bool marked = str_cut(in, '|', &head, &tail);
    Str text = marked ? str_cat(a, head, tail) : in;
    INT_AT(cases[i].line, quote_start(text), marked ? (int64_t)head.n : -1);
  }
}

TEST(quote_floods) {
  static const char *const each[] = { "_", "_\n", "__________\n", "\n", ">", "> \n", "From:\n", "On 2022 a@b wrote\n", ":", "--\n", "-", "On ", "wrote:\n", "0 wrote:" };
  for (size_t i = 0; i < COUNT(each); i++) {
    Buf b = { .arena = a };
    for (int k = 0; k < 100000; k++) buf_add(&b, str_z(each[i]));
    quote_start(buf_str(&b));
  }
}
