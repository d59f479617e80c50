function gbid(s){return document.getElementById(s);}
function clkLgn()
{
if (gbid("showPasswordCheck").checked)
{
gbid("password").value = gbid("passwordText").value;
}
document.logonForm.submit();
}
