/* desk/demo_stories.c: what is going on today: a dozen stories to look at, each another turn of the loop. */
#include "desk/demo_text.h"

const DemoStory demo_stories[] = {
  { "Ana Souza", "Label printer on line 4 prints yesterday’s best-before date", "pt", 0, "Sofie Janssens", 2700, {
    { 'c', 2675, "request", "Boa tarde. Desde a mudança de turno, a impressora da linha 4 imprime a data de ontem. Já parámos 340 caixas. Preciso de saber se posso continuar esta noite.", 0, "" },
    { 'p', 1710, "promise", "Olá Ana, you did right to stop the boxes. Please let Tomasz set the date by hand at the start of each shift; that label is safe to ship.\n\nI will have every label right by six tonight.", -1180, "All labels are right" },
    { 'p', 1705, "ask", "Does it also go wrong when the line restarts, or only after midnight?", 0, "" },
    { 'c', 1600, "say", "Só depois da meia-noite, e depois de uma pausa longa.", 0, "" },
    { 'o', 1340, "note", "The printer keeps its own clock in UTC and wakes up two hours early. Only Etiqueta can patch it. Sofie, we can’t make six. Tell her now rather than at six.", 0, "" },
    { 'p', 1290, "revoke", "Ana, as I said on the phone: I promised six and I can’t keep it. The cause is inside the printer and the maker has to mend it. This is what I can promise instead.", 200, "The label shows today’s date plus shelf life\n20 labels in a row are right, Ana counts\nIt stays right after midnight" },
    { 'c', 1275, "accept-offer", "Obrigada por avisar antes. Também na segunda-feira, por favor.", 0, "" },
    { 'o', 170, "note", "Installed patch 4.2.1 on the spare, twelve good labels so far.", 0, "" },
    { 'o', 40, "hand", "The label printer wants someone who speaks with Etiqueta while I test.", 0, "" },
    { 'c', 18, "say", "Acabei de imprimir vinte etiquetas. Dezanove certas, uma com a data de ontem: a primeira depois da pausa. Fica assim para o turno da noite?", 0, "" },
    { 0 } } },
  { "Miguel Ferreira", "My travel money is still not paid", "en", 3, "Daniela Costa", 8600, {
    { 'c', 8600, "request", "The hotel was on my own card: 412 euro, three weeks ago. Receipts attached to the form.", 0, "" },
    { 'p', 7100, "promise", "I will look it up and have it in your account by Tuesday.", -1500, "" },
    { 'p', 2900, "report", "It is paid.", 0, "" },
    { 'c', 1450, "not-yet", "My bank has nothing, and IT sent me back to you.", 0, "" },
    { 'p', 1300, "report", "The number of the account was wrong. It went out again.", 0, "" },
    { 'c', 108, "not-yet", "I have now told this to three people: to Finance, to IT and to you. The hotel was on my own card, and the bill is due today.", 0, "", 0, 2 },
    { 0 } } },
  { "渡辺 健司", "検査室のスキャナーについて", "ja", 0, "Sofie Janssens", 460, {
    { 'c', 455, "request", "先週お願いしたスキャナーの件ですが、検査室の二台目がまだ認識されません。明日の監査の前に直していただけると助かります。", 0, "" },
    { 'p', 300, "promise", "渡辺さん, thank you for the photos. The second scanner will be known to the system before your audit.", 240, "Both scanners read the audit labels" },
    { 'c', 52, "say", "ありがとうございます。ケーブルを替えても同じでした。", 0, "" },
    { 0 } } },
  { "ليلى حداد", "شاشة الرواتب لا تُقرأ", "ar", 1, "", 70, {
    { 'c', 69, "request", "قارئ الشاشة يتوقف عند الجدول الثاني في شاشة الرواتب ولا يقرأ المبالغ. أحتاجها قبل نهاية الشهر.", 0, "" },
    { 0 } } },
  { "Oluwaseun Adeyemi", "Forklift 7 badge reader does not know me", "en", 0, "", 121, {
    { 'c', 120, "request", "It opened for my colleague, so the reader is fine. My badge is new since Monday. I called as well; the line was busy.", 0, "" },
    { 0 } } },
  { "Priya Raghunathan", "Moving to Rotterdam on the first", "en", 2, "Lars Holm", 14400, {
    { 'c', 14390, "request", "I move from Bengaluru to the Rotterdam office on the first. I’d love a desk by the window, and a keyboard I can write Kannada on. I don’t know who I should ask for the permit.", 0, "" },
    { 'p', 14340, "say", "Welcome, Priya. You only need to ask here; I will bring Grace, Hanneke and Yusuf together and you hear it all in one place. What would make your first morning good?", 0, "" },
    { 'c', 13000, "say", "Someone to have lunch with.", 0, "" },
    { 'p', 175, "counter", "You asked for the desk by the window from the first day. The floor is being laid until the evening before last. This is what I can offer instead.", 7200, "The window desk from the third day\nUntil then a desk beside Hanneke’s, same team\nSet to your height before you come\nLunch with Hanneke on the first day, 12:15" },
    { 0 } } },
  { "Tomasz Wójcik", "What if shift leads could order gloves themselves?", "en", 2, "Lars Holm", 280, {
    { 'c', 276, "request", "We run out every second Thursday and wait for a signature until Monday. What if shift leads could order up to 50 euro without one?", 0, "" },
    { 'p', 200, "promise", "Good question. You get a yes or a no with a reason by Monday.", 5200, "A yes, or a no with a reason" },
    { 0 } } },
  { "Ingrid Bakken", "Customer portal shows the old price list", "en", 0, "Pedro Silva", 1500, {
    { 'c', 1490, "request", "Our shops see last year’s prices since this morning. Orders go out wrong.", 0, "" },
    { 'p', 1460, "promise", "The right list by tonight. Until then orders wait in a tray of their own, none is lost.", -700, "The portal shows this year’s list\nNo wrong order leaves" },
    { 'p', 800, "report", "The new list is in the portal since 20:00. Eleven orders waited; they are out with the right price.", 0, "" },
    { 0 } } },
  { "Nguyễn Thị Mai", "Fridge alarm at night goes to nobody", "en", 2, "Bisi Okafor", 3100, {
    { 'c', 3090, "request", "At 02:10 the alarm rang for forty minutes. The number on the door is of somebody who left.", 0, "" },
    { 'p', 2600, "promise", "It will ring at the night desk from tonight, and the door gets a new number.", -1200, "An alarm at night is answered within five minutes" },
    { 'p', 1400, "report", "The alarm rings at the night desk; I set one off at 01:30 and was there in three minutes. The new number is on the door.", 0, "" },
    { 'c', 900, "say", "Thank you, I will test it on my shift.", 0, "" },
    { 'p', 880, "say", "Please do, and tell me how it went.", 0, "" },
    { 0 } } },
  { "Jean-Baptiste Koffi", "Supplier form asks for a fax number", "fr", 3, "Rui Tavares", 1700, {
    { 'c', 1690, "request", "Je n’ai pas de fax depuis 2009. Le formulaire refuse les lettres. Que dois-je écrire ?", 0, "" },
    { 'p', 1500, "ask", "Bonjour Jean-Baptiste, can you send me the address of the page? There are two forms and I want to mend the right one.", 0, "" },
    { 0 } } },
  { "Siobhán Ní Riain", "Parental leave and my laptop", "en", 1, "Grace Mbeki", 4300, {
    { 'c', 4290, "request", "I go on leave in three weeks. What do you need from me, and may I keep the laptop for the handover?", 0, "" },
    { 'p', 3900, "promise", "I will have all papers ready for you to sign, and an answer about the laptop.", 2000, "Papers ready to sign\nA clear yes or no about the laptop" },
    { 0 } } },
  { "Hemi Parata", "Roster app loses Sunday", "en", 0, "Sofie Janssens", 4400, {
    { 'c', 4380, "request", "Same again this morning. I took a picture: Saturday, then Monday. Pickers did not come.", 0, "" },
    { 'p', 3900, "promise", "I am with the maker on this. Sunday will be back by your Friday.", 900, "Sunday shows for everybody in Hastings\nNobody misses a shift until then" },
    { 'p', 2900, "report", "The maker found it: daylight saving. Sunday shows again.", 0, "" },
    { 'c', 2000, "not-yet", "It showed until the week was copied to the next one. Then it was gone again.", 0, "" },
    { 'p', 1900, "say", "Until it is mended for good, the roster is also sent as a list at 18:00 your time.", 0, "" },
    { 'p', 1500, "report", "The copy keeps Sunday now. I copied three weeks to be sure.", 0, "" },
    { 'p', 1490, "snooze", "", 180, "" },
    { 'c', 240, "not-yet", "Same as last week: Saturday, then Monday. Two pickers did not come.", 0, "" },
    { 0 } } },
  { "Chiamaka Obi", "Cold store door opens by itself at three", "en", 2, "Lars Holm", 6000, {
    { 'c', 5990, "request", "Every night at three the outer door opens a hand’s width. We found 4 degrees this morning.", 0, "" },
    { 'p', 5500, "promise", "Closed and watched tonight, mended tomorrow.", -2600, "It stays closed for three nights" },
    { 'p', 4100, "report", "New spring. It closed twenty times in a row.", 0, "" },
    { 'c', 2900, "not-yet", "It closed, and opened again at three.", 0, "" },
    { 'p', 2300, "report", "The sensor was still set to the old spring. Right now.", 0, "" },
    { 'c', 200, "not-yet", "Open again at three. I was there and saw it.", 0, "" },
    { 'p', 175, "claim", "", 0, "" },
    { 0 } } },
};
const size_t demo_story_count = COUNT(demo_stories);
